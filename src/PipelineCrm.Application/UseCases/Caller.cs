using PipelineCrm.Domain;

namespace PipelineCrm.UseCases;

/// <summary>Who calls a use case, as the outside knows it; rights are read anew from the database at each call.</summary>
/// <param name="User">Null for somebody who is not signed in.</param>
public readonly record struct Caller(UserId? User, Channel Channel)
{
    public static readonly Caller Anonymous = new(null, Channel.Page);

    /// <summary>The command line of the machine that holds the data: may do what an admin may, under no user's name.</summary>
    public static readonly Caller Console = new(null, Channel.Command);
}
