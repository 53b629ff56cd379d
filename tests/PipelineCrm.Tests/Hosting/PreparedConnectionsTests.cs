using System.Data.Common;
using PipelineCrm.Persistence;

namespace PipelineCrm.Tests.Hosting;

public sealed class PreparedConnectionsTests
{
    [Theory]
    [InlineData("Host=db", "100")]
    [InlineData("Host=db;Max Auto Prepare=0", "0")]
    [InlineData("Host=db;MaxAutoPrepare=7", "7")]
    public void Statements_are_prepared_unless_the_connection_string_says_otherwise(string given, string statements)
    {
        var connection = new DbConnectionStringBuilder { ConnectionString = new ApplicationConnection(given).ConnectionString };
        Assert.Equal(statements, connection["Max Auto Prepare"]);
    }
}
