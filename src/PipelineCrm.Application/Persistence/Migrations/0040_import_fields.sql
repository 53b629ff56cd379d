-- What files tell of customers besides, and by what users and teams are recognised when the same files come again.
alter table customers add column sector text, add column country text;
alter table users add column external_key text;
create unique index users_external_key on users (external_key);
alter table teams add column external_key text;
create unique index teams_external_key on teams (external_key);
