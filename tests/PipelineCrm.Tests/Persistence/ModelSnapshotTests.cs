using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Design;
using Microsoft.EntityFrameworkCore.Infrastructure;
using Microsoft.EntityFrameworkCore.Metadata;
using Microsoft.EntityFrameworkCore.Migrations;
using Microsoft.EntityFrameworkCore.Migrations.Design;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Persistence;

namespace PipelineCrm.Tests.Persistence;

/// <summary>
/// The snapshot of the model beside the migrations: who changes an entity, or what a configuration says of it, says so there too, and
/// writes the migration that belongs to it. <c>UPDATE_SNAPSHOT=1 dotnet run --project tests/PipelineCrm.Tests</c> writes it anew.
/// </summary>
public sealed class ModelSnapshotTests
{
    private const string Space = "PipelineCrm.Persistence.Migrations";
    private const string Name = "CrmDbContextModelSnapshot";

    [Fact]
    public void The_model_is_what_the_snapshot_says()
    {
        using var context = Context();
        if (Environment.GetEnvironmentVariable("UPDATE_SNAPSHOT") == "1")
        {
            File.WriteAllText(Path.Combine(Migrations(), Name + ".cs"), Snapshot(context));
            return;
        }

        var differ = context.GetService<IMigrationsModelDiffer>();
        var kept = context.GetService<IMigrationsAssembly>().ModelSnapshot?.Model
            ?? throw new InvalidOperationException("There is no snapshot.");
        var changes = differ.GetDifferences(Finished(context, kept).GetRelationalModel(),
            context.GetService<IDesignTimeModel>().Model.GetRelationalModel());
        var statements = context.GetService<IMigrationsSqlGenerator>().Generate(changes, context.GetService<IDesignTimeModel>().Model);
        Assert.Equal("", string.Join('\n', statements.Select(statement => statement.CommandText.Trim())));
        Assert.Empty(changes);
    }

    private static CrmDbContext Context()
    {
        var options = new DbContextOptionsBuilder<CrmDbContext>();
        options.UseCrm("Host=nowhere");
        return new CrmDbContext(options.Options);
    }

    private static IModel Finished(CrmDbContext context, IModel kept) =>
        context.GetService<IModelRuntimeInitializer>()
            .Initialize(((IMutableModel)kept).FinalizeModel(), designTime: true, validationLogger: null);

    /// <summary>As the tools of Entity Framework write it.</summary>
    private static string Snapshot(CrmDbContext context)
    {
        var services = new ServiceCollection();
        services.AddEntityFrameworkDesignTimeServices().AddDbContextDesignTimeServices(context);
        Provider(services);
        using var provider = services.BuildServiceProvider();
        return provider.GetRequiredService<IMigrationsCodeGenerator>()
            .GenerateSnapshot(Space, typeof(CrmDbContext), Name, context.GetService<IDesignTimeModel>().Model);
    }

    [SuppressMessage("Usage", "EF1001", Justification = "What the tools add for PostgreSQL is public in this type only.")]
    private static void Provider(ServiceCollection services) =>
        new Npgsql.EntityFrameworkCore.PostgreSQL.Design.Internal.NpgsqlDesignTimeServices().ConfigureDesignTimeServices(services);

    private static string Migrations([CallerFilePath] string here = "") =>
        Path.Combine(Path.GetDirectoryName(here)!, "../../../src/PipelineCrm.Application/Persistence/Migrations");
}
