-- Changes of many records at once: stored before they begin, so that they go on whatever becomes of the page that asked, each record exactly
-- once, and are taken back as a whole.
create table bulk_jobs (
    id uuid primary key,
    user_id uuid not null references users,
    subject smallint not null check (subject in (1, 2)),
    -- what is written; null where the records are archived, restored, or are again what they were
    fields jsonb,
    archived boolean,
    -- the job that this one takes back
    undoes uuid references bulk_jobs on delete cascade,
    -- in which refusals are told
    language text not null,
    created_at timestamptz not null,
    finished_at timestamptz,
    -- why it ended early, for the person; empty: because its user stopped it
    ended_by text,
    -- whether its user has been shown what became of it
    seen boolean not null default false,
    check ((fields is not null)::int + (archived is not null)::int + (undoes is not null)::int = 1)
);
create index bulk_jobs_user on bulk_jobs (user_id, created_at);
create index bulk_jobs_running on bulk_jobs (created_at) where finished_at is null;

create table bulk_job_records (
    job_id uuid not null references bulk_jobs on delete cascade,
    record_id uuid not null,
    -- that its user had seen; null where a job is taken back: the one that it was left with
    version bigint,
    -- null: not yet tried; 1 changed, 2 unchanged, 3 refused
    outcome smallint check (outcome in (1, 2, 3)),
    -- of a changed one: its version since, and what it was before
    changed_version bigint,
    before jsonb,
    was_archived boolean,
    -- of a refused one
    code text,
    message text,
    primary key (job_id, record_id)
);
create index bulk_job_records_left on bulk_job_records (job_id, record_id) where outcome is null;
create index bulk_job_records_of on bulk_job_records (record_id);
