using Microsoft.Extensions.Caching.Memory;

namespace PipelineCrm.Persistence.Actors;

/// <summary>The rights last read of each caller. Only a guess: whoever goes by it reads them again before anything is decided or
/// told.</summary>
internal sealed class RecentActors : IDisposable
{
    private readonly MemoryCache _actors = new(new MemoryCacheOptions { SizeLimit = 10_000 });

    public Actor? Of(Caller caller) => _actors.Get<Actor>(caller);

    public void Keep(Caller caller, Actor actor) => _actors.Set(caller, actor,
        new MemoryCacheEntryOptions { Size = 1, SlidingExpiration = TimeSpan.FromMinutes(10) });

    public void Dispose() => _actors.Dispose();
}
