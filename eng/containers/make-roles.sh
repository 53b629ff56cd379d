# Run once by the postgres image, on an empty volume: the owner migrates, the application's role owns nothing.
psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER" --dbname "$POSTGRES_DB" <<'SQL'
\getenv owner_password PIPELINECRM_OWNER_PASSWORD
\getenv app_password PIPELINECRM_APP_PASSWORD
create role pipelinecrm_owner login password :'owner_password';
create role pipelinecrm_app login password :'app_password';
alter database :"DBNAME" owner to pipelinecrm_owner;
revoke all on database :"DBNAME" from public;
grant connect on database :"DBNAME" to pipelinecrm_app;
SQL
