using System.Net;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using PipelineCrm.Web.Hosting;

namespace PipelineCrm.Tests.Hosting;

/// <summary>Who counts as sitting at the machine.</summary>
public sealed class ProxiesTests
{
    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1:5080", null, true)]
    [InlineData("127.0.0.1", "localhost:5080", null, true)]
    [InlineData("::1", "[::1]:5080", null, true)]
    [InlineData("::ffff:127.0.0.1", "localhost", null, true)]
    [InlineData("192.0.2.7", "127.0.0.1:5080", null, false)]
    [InlineData("127.0.0.1", "crm.example", null, false)]
    [InlineData("127.0.0.1", "127.0.0.1.crm.example", null, false)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "X-Forwarded-For", false)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "X-Forwarded-Host", false)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "X-Original-For", false)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "Forwarded", false)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "X-Real-IP", false)]
    [InlineData("127.0.0.1", "127.0.0.1:5080", "Via", false)]
    public void Without_a_known_proxy_any_sign_of_one_is_enough_not_to_be(string from, string host, string? header, bool expected) =>
        Assert.Equal(expected, With([]).AtTheMachine(Request(from, host, header)));

    [Theory]
    // The proxy itself is nobody; whom it forwards has been put in its place, which the header says.
    [InlineData("127.0.0.1", null, false)]
    [InlineData("127.0.0.1", "X-Original-For", true)]
    [InlineData("127.0.0.9", "X-Original-For", true)]
    [InlineData("192.0.2.7", "X-Original-For", false)]
    // Beside the proxy, straight to the server.
    [InlineData("127.0.0.9", null, true)]
    [InlineData("127.0.0.9", "X-Forwarded-For", false)]
    public void With_a_known_proxy_what_it_forwards_counts(string from, string? header, bool expected) =>
        Assert.Equal(expected, With(new() { ["Proxy:Addresses"] = "127.0.0.1" }).AtTheMachine(Request(from, "localhost", header)));

    [Fact]
    public void A_setting_that_names_no_address_is_told() => Assert.Contains(
        "Proxy:Networks", Assert.Throws<FormatException>(() => With(new() { ["Proxy:Networks"] = "10.0.0.0/8, nowhere" })).Message,
        StringComparison.Ordinal);

    private static Proxies With(Dictionary<string, string?> settings) =>
        new(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());

    private static DefaultHttpContext Request(string from, string host, string? header)
    {
        var http = new DefaultHttpContext();
        http.Connection.RemoteIpAddress = IPAddress.Parse(from);
        http.Request.Host = new HostString(host);
        if (header is not null)
        {
            http.Request.Headers[header] = "127.0.0.1";
        }

        return http;
    }
}
