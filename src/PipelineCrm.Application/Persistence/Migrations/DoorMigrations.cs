using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>Quotes and payments that are corrected and withdrawn.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0140_corrections")]
internal sealed class Corrections() : SqlMigration("0140_corrections");

/// <summary>What <see cref="Domain.DefaultRules"/> demand of quotes; a test says so.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0141_valid_quotes")]
internal sealed class ValidQuotes() : SqlMigration("0141_valid_quotes");

/// <summary>The order that names are listed in.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0142_names")]
internal sealed class NamesInOrder() : SqlMigration("0142_names");

/// <summary>What the search looks through.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0143_search")]
internal sealed class SearchTexts() : SqlMigration("0143_search");
