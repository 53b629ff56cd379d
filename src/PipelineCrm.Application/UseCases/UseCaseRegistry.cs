using System.Reflection;
using FluentValidation;
using Microsoft.Extensions.DependencyInjection;
using PipelineCrm.Localization;

namespace PipelineCrm.UseCases;

/// <summary>The table of all use cases: request type → how it is validated and handled. Built once from the assembly.</summary>
internal sealed class UseCaseRegistry
{
    private readonly Dictionary<Type, UseCase> _byRequest;

    private UseCaseRegistry(Dictionary<Type, UseCase> byRequest) => _byRequest = byRequest;

    public IReadOnlyCollection<UseCase> All => _byRequest.Values;

    public UseCase Of(object request) => _byRequest[request.GetType()];

    /// <summary>The use case's name: the class that its request stands in.</summary>
    public static string NameOf(Type request) => request.DeclaringType?.Name ?? request.Name;

    public static UseCaseRegistry AddTo(IServiceCollection services, Assembly assembly)
    {
        var byRequest = new Dictionary<Type, UseCase>();
        foreach (var handler in assembly.GetTypes().Where(type => type is { IsAbstract: false, IsClass: true }))
        {
            foreach (var contract in handler.GetInterfaces()
                .Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IHandler<,>)))
            {
                services.AddScoped(contract, handler);
                var useCase = (UseCase)Activator.CreateInstance(typeof(UseCase<,>).MakeGenericType(contract.GetGenericArguments()))!;
                byRequest.Add(useCase.Request, useCase);
            }
        }

        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Singleton, found => AsksNothing(found.ValidatorType),
            includeInternalTypes: true);
        services.AddValidatorsFromAssembly(assembly, ServiceLifetime.Scoped, found => !AsksNothing(found.ValidatorType),
            includeInternalTypes: true);

        var registry = new UseCaseRegistry(byRequest);
        services.AddSingleton(registry);
        return registry;
    }

    /// <summary>Once for all requests, since a validator compiles its rules while it is made; only one that asks the database lives in the
    /// request's scope.</summary>
    private static bool AsksNothing(Type validator) => validator.GetConstructors().Single().GetParameters().Length == 0;
}

/// <summary>Makes validation problems.</summary>
internal static class ValidationProblem
{
    public static Problem ForFields(IReadOnlyDictionary<string, string[]> errors) =>
        new(ProblemCode.Validation, ProblemMessages.Validation) { Errors = errors };

    public static Problem ForField(string field, string message) =>
        ForFields(new Dictionary<string, string[]> { [field] = [message] });
}
