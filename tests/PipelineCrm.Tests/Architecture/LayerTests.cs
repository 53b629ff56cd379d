namespace PipelineCrm.Tests.Architecture;

/// <summary>Projects know of each other in one direction only.</summary>
public class LayerTests
{
    [Fact]
    public void Pages_and_api_cannot_name_the_database()
    {
        var references = typeof(Web.Components.App).Assembly.GetReferencedAssemblies().Select(name => name.Name!).ToList();
        Assert.Contains("PipelineCrm.Application", references);
        Assert.DoesNotContain(references, name => name.StartsWith("Microsoft.EntityFrameworkCore", StringComparison.Ordinal)
            || name is "Npgsql" or "Npgsql.EntityFrameworkCore.PostgreSQL");
    }
}
