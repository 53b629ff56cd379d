using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Which records are chosen for a change of many: of the shown ones, or all that the list has.</summary>
public sealed partial class RecordList : IBulkPage
{
    private readonly Dictionary<Guid, ListRow> _selected = [];
    private bool _whole;
    private BulkAsk? _bulk;
    private BulkJobStrip? _strip;

    public void Dispose()
    {
        if (Jobs.Page == this)
        {
            Jobs.Page = null;
        }
    }

    /// <summary>Takes a change back whose sheet was closed.</summary>
    public void TakeBack(BulkJobView job)
    {
        _bulk = new BulkAsk([]) { Back = job };
        StateHasChanged();
    }

    protected override void OnInitialized() => Jobs.Page = this;

    private void Pick(ListRow row)
    {
        _whole = false;
        if (!_selected.Remove(row.Id) && _selected.Count < SelectRecords.Most)
        {
            _selected[row.Id] = row;
        }
    }

    private void PickShown(bool all)
    {
        Unpick();
        if (all)
        {
            Take(_rows!);
        }
    }

    private async Task PickAll()
    {
        var wanted = _given;
        _loading = true;
        var selection = await Session.Send(new SelectRecords.Query(_address.Question(Subject)));
        _loading = false;
        if (wanted != _given)
        {
            return;
        }

        _problem = selection.Problem;
        if (selection.Ok)
        {
            Unpick();
            Take(selection.Value.Rows);
            _whole = true;
        }
    }

    /// <summary>Of a list only what the reader may change is chosen.</summary>
    private void Take(IEnumerable<ListRow> rows)
    {
        foreach (var row in rows.Where(row => row.MayEdit).Take(SelectRecords.Most))
        {
            _selected[row.Id] = row;
        }
    }

    private void Unpick()
    {
        _whole = false;
        _selected.Clear();
    }

    private void OpenBulk(string? fact, bool? archive) => _bulk = new BulkAsk([.. _selected.Values.Select(row => row.Seen)], fact, archive);

    private void BulkStarted()
    {
        foreach (var record in _bulk!.Records)
        {
            _selected.Remove(record.Id);
        }

        _whole = false;
    }

    private async Task BulkClosed(bool wrote)
    {
        _bulk = null;
        if (wrote)
        {
            await Load();
            // What is chosen by now is what is shown now, under the versions of now.
            foreach (var row in (_rows ?? []).Where(row => _selected.ContainsKey(row.Id)))
            {
                _selected[row.Id] = row;
            }
        }

        await _strip!.Look();
    }
}
