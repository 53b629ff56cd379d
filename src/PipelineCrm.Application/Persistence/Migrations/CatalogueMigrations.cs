using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Migrations;

namespace PipelineCrm.Persistence.Migrations;

/// <summary>Fields that admins add, and the values of them.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0150_custom_fields")]
internal sealed class CustomFieldsMigration() : SqlMigration("0150_custom_fields");

/// <summary>Lists as somebody keeps them.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0151_saved_views")]
internal sealed class SavedViewsMigration() : SqlMigration("0151_saved_views");

/// <summary>What the planner knows of the values of fields that admins add.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0161_custom_statistics")]
internal sealed class CustomStatisticsMigration() : SqlMigration("0161_custom_statistics");

/// <summary>The orders of deals that are asked for most.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0166_orders")]
internal sealed class OrdersMigration() : SqlMigration("0166_orders");

/// <summary>What is looked through, people apart from deals.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0167_search_partitions")]
internal sealed class SearchPartitions() : SqlMigration("0167_search_partitions");

/// <summary>Changes of many records at once.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0168_bulk_jobs")]
internal sealed class BulkJobsMigration() : SqlMigration("0168_bulk_jobs");

/// <summary>Moves of many deals at once.</summary>
[DbContext(typeof(CrmDbContext))]
[Migration("0169_bulk_moves")]
internal sealed class BulkMovesMigration() : SqlMigration("0169_bulk_moves");
