using PipelineCrm.Deals;

namespace PipelineCrm.Web.Hosting;

internal static class DatabaseServices
{
    public static void AddDatabase(this WebApplicationBuilder builder, ActiveDatabase database)
    {
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(
            new CheckpointFolder(builder.Configuration["Checkpoints:Folder"] is { Length: > 0 } named ? named : database.DataFolder));
        builder.Services.AddHostedService<DatabaseWatchdog>();
    }
}
