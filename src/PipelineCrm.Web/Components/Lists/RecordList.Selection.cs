using PipelineCrm.Lists;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>Which records are chosen for a change of many: of the shown ones, or all that the list has.</summary>
public sealed partial class RecordList
{
    private readonly Dictionary<Guid, ListRow> _selected = [];
    private bool _whole;
    private BulkAsk? _bulk;

    public void Dispose()
    {
        if (Undos.Page == this)
        {
            Undos.Page = null;
        }
    }

    /// <summary>Takes a change back whose sheet was closed.</summary>
    public void TakeBack(BulkChange change)
    {
        _bulk = new BulkAsk([], Back: change);
        StateHasChanged();
    }

    protected override void OnInitialized() => Undos.Page = this;

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

    private void OpenBulk(string? fact, bool? archive) => _bulk = new BulkAsk([.. _selected.Values], fact, archive);

    private async Task BulkClosed(bool wrote)
    {
        var ask = _bulk!;
        _bulk = null;
        if (wrote)
        {
            // The versions that were chosen are not those that are there now.
            foreach (var id in ask.Rows.Select(row => row.Id).Concat(ask.Back?.Names.Keys ?? []))
            {
                _selected.Remove(id);
            }

            _whole = false;
            await Load();
        }
    }
}
