-- Quotes and payments can be corrected and withdrawn. They stay where they are, and the history keeps what they were.
alter table quotes add column withdrawn_at timestamptz, add column withdrawn_by uuid references users, add column version bigint not null default 1;
alter table payments add column withdrawn_at timestamptz, add column withdrawn_by uuid references users, add column version bigint not null default 1;
