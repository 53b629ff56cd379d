using System.Text.Json;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;

namespace PipelineCrm.UseCases;

internal abstract class UseCase
{
    public abstract Type Request { get; }

    public abstract AccessLevel Access { get; }

    /// <summary>Whether something may be other after it than before: a request that only reads is called <c>Query</c>.</summary>
    public bool Writes => Request.Name != "Query";

    public abstract Task<Problem?> Validate(IServiceProvider services, object request, CancellationToken ct);

    public abstract Task<Result<TAnswer>> Handle<TAnswer>(IServiceProvider services, object request, CancellationToken ct);
}

internal sealed class UseCase<TRequest, TAnswer> : UseCase where TRequest : IRequest<TAnswer>
{
    public override Type Request => typeof(TRequest);

    public override AccessLevel Access => TRequest.Access;

    public override async Task<Problem?> Validate(IServiceProvider services, object request, CancellationToken ct)
    {
        if (services.GetService<IValidator<TRequest>>() is not { } validator)
        {
            return null;
        }

        var result = await validator.ValidateAsync((TRequest)request, ct);
        return result.IsValid
            ? null
            : ValidationProblem.ForFields(result.Errors.GroupBy(e => Path(e.PropertyName))
                .ToDictionary(g => g.Key, g => g.Select(e => e.ErrorMessage).Distinct().ToArray()));
    }

    public override async Task<Result<T>> Handle<T>(IServiceProvider services, object request, CancellationToken ct)
    {
        var handler = services.GetRequiredService<IHandler<TRequest, TAnswer>>();
        return (Result<T>)(object)await handler.Handle((TRequest)request, ct);
    }

    private static string Path(string property) =>
        string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}
