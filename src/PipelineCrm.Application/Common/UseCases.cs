using System.Reflection;
using System.Text.Json;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Texts;

namespace PipelineCrm.Common;

/// <summary>The table of all use cases: request type → how it is validated and handled. Built once from the assembly.</summary>
internal sealed class UseCases
{
    private readonly Dictionary<Type, UseCase> _byRequest;

    private UseCases(Dictionary<Type, UseCase> byRequest) => _byRequest = byRequest;

    public IReadOnlyCollection<UseCase> All => _byRequest.Values;

    public UseCase Of(object request) => _byRequest[request.GetType()];

    /// <summary>The use case's name: the class that its request stands in.</summary>
    public static string NameOf(Type request) => request.DeclaringType?.Name ?? request.Name;

    public static UseCases AddTo(IServiceCollection services, Assembly assembly)
    {
        var byRequest = new Dictionary<Type, UseCase>();
        foreach (var handler in assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true }))
        {
            foreach (var contract in handler.GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IHandler<,>)))
            {
                services.AddScoped(contract, handler);
                var useCase = (UseCase)Activator.CreateInstance(typeof(UseCase<,>).MakeGenericType(contract.GetGenericArguments()))!;
                byRequest.Add(useCase.Request, useCase);
            }
        }

        foreach (var found in AssemblyScanner.FindValidatorsInAssembly(assembly, includeInternalTypes: true))
        {
            services.Add(new ServiceDescriptor(found.InterfaceType, found.ValidatorType, LifetimeOf(found.ValidatorType)));
        }

        var useCases = new UseCases(byRequest);
        services.AddSingleton(useCases);
        return useCases;
    }

    /// <summary>Once for all requests, since a validator compiles its rules while it is made; only one that asks the database lives in the request's scope.</summary>
    private static ServiceLifetime LifetimeOf(Type validator) =>
        validator.GetConstructors().Single().GetParameters().Length == 0 ? ServiceLifetime.Singleton : ServiceLifetime.Scoped;
}

internal abstract class UseCase
{
    public abstract Type Request { get; }

    public abstract Access Access { get; }

    /// <summary>A request that changes something is called so.</summary>
    public bool Writes => Request.Name == "Command";

    public abstract Task<Problem?> Validate(IServiceProvider services, object request, CancellationToken ct);

    public abstract Task<Result<TAnswer>> Handle<TAnswer>(IServiceProvider services, object request, CancellationToken ct);
}

internal sealed class UseCase<TRequest, TAnswer> : UseCase where TRequest : IRequest<TAnswer>
{
    public override Type Request => typeof(TRequest);

    public override Access Access => TRequest.Access;

    public override async Task<Problem?> Validate(IServiceProvider services, object request, CancellationToken ct)
    {
        if (services.GetService<IValidator<TRequest>>() is not { } validator)
        {
            return null;
        }

        var result = await validator.ValidateAsync((TRequest)request, ct);
        return result.IsValid
            ? null
            : Invalid.Fields(result.Errors.GroupBy(e => Path(e.PropertyName)).ToDictionary(g => g.Key, g => g.Select(e => e.ErrorMessage).Distinct().ToArray()));
    }

    public override async Task<Result<T>> Handle<T>(IServiceProvider services, object request, CancellationToken ct)
    {
        var handler = services.GetRequiredService<IHandler<TRequest, TAnswer>>();
        return (Result<T>)(object)await handler.Handle((TRequest)request, ct);
    }

    private static string Path(string property) =>
        string.Join('.', property.Split('.').Select(JsonNamingPolicy.CamelCase.ConvertName));
}

/// <summary>Makes validation problems.</summary>
internal static class Invalid
{
    public static Problem Fields(IReadOnlyDictionary<string, string[]> errors) =>
        new(ProblemCode.Validation, ProblemText.Validation) { Errors = errors };

    public static Problem Field(string field, string message) =>
        Fields(new Dictionary<string, string[]> { [field] = [message] });
}
