namespace PipelineCrm.Web.Hosting;

internal static class DatabaseServices
{
    public static void AddDatabase(this WebApplicationBuilder builder, ActiveDatabase database)
    {
        builder.Services.AddSingleton(database);
        builder.Services.AddHostedService<DatabaseWatchdog>();
    }
}
