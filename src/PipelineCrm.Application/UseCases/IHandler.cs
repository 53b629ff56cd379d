namespace PipelineCrm.UseCases;

internal interface IHandler<in TRequest, TAnswer> where TRequest : IRequest<TAnswer>
{
    Task<Result<TAnswer>> Handle(TRequest request, CancellationToken ct);
}
