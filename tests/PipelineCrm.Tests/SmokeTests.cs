namespace PipelineCrm.Tests;

public class SmokeTests
{
    [Fact]
    public void It_runs() => Assert.Equal(4, 2 + 2);
}
