using System.Text.Json;

namespace PipelineCrm.Web.Api;

/// <param name="List">deals, customers or board; stays for good.</param>
/// <param name="Query">The list's parameters, as an object or as the text after the question mark of an address.</param>
internal sealed record ViewBody(string? List, string? Name, JsonElement? Query, bool? Shared, long? Version);
