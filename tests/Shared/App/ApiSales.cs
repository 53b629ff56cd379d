using System.Net;
using PipelineCrm.Domain;

namespace PipelineCrm.TestSupport;

/// <summary>Shortcuts to deals that tests of the API need.</summary>
internal static class ApiSales
{
    public static async Task<string> NewCustomer(this ApiClient client) =>
        (await client.Post("customers", """{"name":"Example Works"}""")).Is(HttpStatusCode.Created).Id;

    /// <param name="more">Further properties, each after a comma.</param>
    public static async Task<Reply> NewDeal(this ApiClient client, string stage = "awareness", string? customer = null, string more = "") =>
        (await client.Post("deals",
            $$"""{"customerId":"{{customer ?? await client.NewCustomer()}}","title":"Deal","stage":"{{stage}}"{{more}}}""")).Is(
                HttpStatusCode.Created);

    /// <summary>Along the path, with all that the default rules ask for.</summary>
    public static async Task<Reply> Advanced(this ApiClient client, Reply deal, Stage to, int paid = 1000)
    {
        (await client.Post($"customers/{deal["customerId"]}/contacts", """{"name":"Ada","decisionMaker":true}""")).Is(
            HttpStatusCode.Created);
        (await client.Post($"deals/{deal.Id}/payments", $$"""{"amount":{{paid}},"currency":"USD","method":"card"}""")).Is(
            HttpStatusCode.Created);
        var now = await client.Get($"deals/{deal.Id}");
        while (now["stage"].GetString() != to.ToWire())
        {
            (await client.Move(now, """{"kind":"advance","version":VERSION,"fields":{"amount":1000,"expectedClose":"2031-01-01"}}""")).Is(
                HttpStatusCode.OK);
            now = await client.Get($"deals/{deal.Id}");
        }

        return now;
    }

    /// <summary>A move of its own key; VERSION stands for the deal's version.</summary>
    public static Task<Reply> Move(this ApiClient client, Reply deal, string json, string? key = null) =>
        client.Post($"deals/{deal.Id}/moves", json.Replace("VERSION", deal.Version.ToString(
            System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal), key ?? Guid.NewGuid().ToString());
}
