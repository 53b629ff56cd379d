-- Passkeys (WebAuthn): a sign-in without a password. What a thief of this table gets are public keys.
create table user_passkeys (
    credential_id bytea primary key check (octet_length(credential_id) <= 1023),
    user_id uuid not null references users on delete cascade,
    -- name, public key, counter, what the authenticator said of itself: Identity's own document
    data jsonb not null,
    -- when the challenge was made that it answered last: a challenge is answered once
    last_used_at timestamptz
);
create index user_passkeys_user on user_passkeys (user_id);
