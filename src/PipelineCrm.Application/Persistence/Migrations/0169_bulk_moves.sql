-- Many deals moved at once: a job may be a move, and of each deal it keeps the transition that takes it back.
alter table bulk_jobs
    add column move jsonb,
    -- where it was asked for: what its transitions say
    add column channel smallint not null default 2;
alter table bulk_jobs drop constraint bulk_jobs_check;
alter table bulk_jobs add constraint bulk_jobs_check
    check ((fields is not null)::int + (archived is not null)::int + (move is not null)::int + (undoes is not null)::int = 1);
alter table bulk_jobs add constraint bulk_jobs_move check (move is null or subject = 1);
alter table bulk_job_records add column transition_id bigint;
