using PipelineCrm.Customers;
using PipelineCrm.Domain;

namespace PipelineCrm.Web.Components.Deals;

public sealed partial class DealContext
{
    private string Says(CustomerDeal deal)
    {
        var state = deal.Outcome switch
        {
            Outcome.Open => Formats.StageName(deal.Stage),
            Outcome.Lost => L["LostFrom", Formats.StageName(deal.Stage)].Value,
            Outcome.Completed => L["Completed"].Value,
        };
        return deal.Id == Deal.PreviousDealId ? $"{state} · {L["PreviousPurchase"].Value}" : state;
    }
}
