using PipelineCrm.Domain;
using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A page on which many records are changed at once: it shows how a change is taken back whose sheet was closed.</summary>
internal interface IBulkPage
{
    FactSubject Subject { get; }

    void TakeBack(BulkJobView job);
}
