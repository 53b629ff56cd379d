using System.Collections.Concurrent;
using System.Security.Cryptography;
using Microsoft.Extensions.Caching.Memory;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components;

/// <summary>
/// What a page was answered while it was drawn on the server, kept for the circuit that takes it over a moment later, so that nothing is
/// read twice and nothing of it travels to the browser and back. Per node: on another one the circuit reads anew.
/// </summary>
public sealed class PrerenderCache : IDisposable
{
    private static readonly TimeSpan Lifetime = TimeSpan.FromSeconds(30);

    private readonly MemoryCache _kept = new(new MemoryCacheOptions { SizeLimit = 2000 });

    public void Dispose() => _kept.Dispose();

    /// <returns>The key that the page carries, good once and for that user.</returns>
    internal string Keep(UserId? user, PrerenderedResponses answers)
    {
        var key = Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
        _kept.Set(key, (user, answers), new MemoryCacheEntryOptions { AbsoluteExpirationRelativeToNow = Lifetime, Size = 1 });
        return key;
    }

    internal PrerenderedResponses? Take(string key, UserId? user)
    {
        if (!_kept.TryGetValue(key, out (UserId? User, PrerenderedResponses Answers) found) || found.User != user)
        {
            return null;
        }

        _kept.Remove(key);
        return found.Answers;
    }

    /// <summary>Answers by the request that they answer; requests are records, equal where they ask the same.</summary>
    /// <param name="readFrom">The earliest instant that any of them was read at.</param>
    internal sealed class PrerenderedResponses(DateTimeOffset readFrom)
    {
        public DateTimeOffset ReadFrom => readFrom;

        private readonly ConcurrentDictionary<(object Request, Channel Channel), object> _byRequest = [];

        public void Add<T>(object request, Channel channel, Result<T> answer) => _byRequest[(request, channel)] = answer;

        /// <summary>Each answer serves once: whoever asks again wants to know what is new.</summary>
        public bool TryTake<T>(object request, Channel channel, out Result<T> answer)
        {
            var found = _byRequest.TryRemove((request, channel), out var kept);
            answer = found ? (Result<T>)kept! : default;
            return found;
        }
    }
}
