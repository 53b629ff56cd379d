using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Deals;

namespace PipelineCrm.IntegrationTests.Deals;

/// <summary>The application with a folder for checkpoints.</summary>
public sealed class SigningCrm(TestCluster cluster) : CrmFixture(cluster)
{
    public string Folder { get; } = Directory.CreateTempSubdirectory("pipelinecrm-checkpoints-").FullName;

    public string File => Path.Combine(Folder, CheckpointFolder.FileName);

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    protected override void Configure(IServiceCollection services) => services.AddSingleton(new CheckpointFolder(Folder));
}
