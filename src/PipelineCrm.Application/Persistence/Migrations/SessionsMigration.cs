using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

[DbContext(typeof(CrmDbContext))]
[Migration("0125_sessions")]
internal sealed class SessionsMigration() : SqlMigration("0125_sessions");

/// <summary>Sign-ins without a password.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0165_passkeys")]
internal sealed class PasskeysMigration() : SqlMigration("0165_passkeys");
