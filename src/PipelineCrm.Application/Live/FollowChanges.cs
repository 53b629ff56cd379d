using PipelineCrm.Persistence.Actors;

namespace PipelineCrm.Live;

/// <summary>Subscribes to what is written from now on, as far as the caller may see it. Who subscribes first and reads afterwards misses
/// nothing.</summary>
public static class FollowChanges
{
    /// <param name="Since">When what the caller shows was read, where it was read before subscribing; null: it is read afterwards.</param>
    public sealed record Query(DateTimeOffset? Since = null) : IRequest<ChangeSubscription>
    {
        public static AccessLevel Access => AccessLevel.SignedIn;
    }

    internal sealed class Handler(ChangeHub hub, ActorLoader actors) : IHandler<Query, ChangeSubscription>
    {
        /// <summary>The rights are read after subscribing: a change of them in between is told.</summary>
        public async Task<Result<ChangeSubscription>> Handle(Query request, CancellationToken ct)
        {
            var subscription = hub.Follow();
            try
            {
                subscription.See((await actors.Reload(ct)).Sees);
                if (request.Since is { } since)
                {
                    hub.CatchUp(subscription, since);
                }

                return subscription;
            }
            catch
            {
                subscription.Dispose();
                throw;
            }
        }
    }
}
