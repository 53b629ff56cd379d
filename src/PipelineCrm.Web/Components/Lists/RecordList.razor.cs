using Microsoft.AspNetCore.Components;
using PipelineCrm.Access;
using PipelineCrm.CustomFields;
using PipelineCrm.Domain;
using PipelineCrm.Lists;
using PipelineCrm.Views;

namespace PipelineCrm.Web.Components.Lists;

/// <summary>A list of records: reads its address, asks for the rows and after them for the figures of all of it.</summary>
public sealed partial class RecordList
{
    private ListAddress _given = new("");
    private ListAddress _address = new("");
    private RecordFacts? _facts;
    private IReadOnlyList<FactView> _columns = [];
    private IReadOnlyList<QuickFilter> _quick = [];
    private IReadOnlyList<SavedListView> _views = [];
    private IReadOnlyList<string> _missing = [];
    private List<(string Key, bool Down)> _order = [];
    private SavedListView? _view;
    private List<ListRow>? _rows;
    private string? _next;
    private ListFigures? _figures;
    private Problem? _problem;
    private bool _loading;
    private bool _choosing;
    private ElementReference _columnsButton;
    private bool _known;

    /// <summary>What stands in the field, which may be further than the address.</summary>
    private string? _typed;

    /// <summary>Searches that are on their way into the address: their coming back is no news for the field.</summary>
    private readonly List<string?> _asked = [];

    [Parameter, EditorRequired] public required FactSubject Subject { get; set; }

    /// <summary>What views call the list.</summary>
    [Parameter, EditorRequired] public required string Key { get; set; }

    [Parameter, EditorRequired] public required string Title { get; set; }

    [Parameter, EditorRequired] public required string Path { get; set; }

    [Parameter, EditorRequired] public required string SearchLabel { get; set; }

    /// <summary>The facts that are columns where nobody chose.</summary>
    [Parameter, EditorRequired] public required string UsualColumns { get; set; }

    /// <summary>What is said where there is nothing yet.</summary>
    [Parameter, EditorRequired] public required RenderFragment Empty { get; set; }

    [SupplyParameterFromQuery] public string? Search { get; set; }

    [SupplyParameterFromQuery] public string? Filter { get; set; }

    [SupplyParameterFromQuery(Name = "sort")] public string? Ordered { get; set; }

    [SupplyParameterFromQuery] public string? Columns { get; set; }

    [SupplyParameterFromQuery] public bool Archived { get; set; }

    [SupplyParameterFromQuery] public string? View { get; set; }

    /// <summary>The address as what is shown says it: also where only the view's name stands in the browser.</summary>
    private ListAddress Shown => _address with { Columns = ColumnKeys };

    /// <summary>As they are asked for, unknown ones too, of which the list says so.</summary>
    private string ColumnKeys => string.Join(',', (_address.Columns ?? UsualColumns)
        .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Prepend(NameKey).Distinct());

    private string NameKey => Subject == FactSubject.Deal ? FieldKey.Title : FieldKey.CustomerName;

    private bool MaySelect => Session.Role != Role.Viewer;

    protected override async Task OnParametersSetAsync()
    {
        var given = new ListAddress(Path)
        {
            Search = Text(Search),
            Filter = Text(Filter),
            Sort = Text(Ordered),
            Columns = Text(Columns),
            Archived = Archived,
            View = Guid.TryParse(View, out var view) ? view : null,
        };
        if (given == _given)
        {
            return;
        }

        _given = given;
        if (!_known)
        {
            await Know();
        }

        await Show();
    }

    private async Task Know()
    {
        _known = true;
        var people = await Session.Send(new ListUserSummaries.Query());
        await ReadViews();
        _facts = new RecordFacts(Subject, Session.Facts, people.Value ?? [], Words, L["Customer"]);
        _quick = Subject != FactSubject.Deal ? []
            : [.. Mine, QuickFilter.Of(L["OpenOnly"], "outcome", Operator.Is, Outcome.Open.ToWire())];
    }

    private IEnumerable<QuickFilter> Mine => Session.User is { } me && Session.Role != Role.Viewer
        ? [QuickFilter.Of(L["Mine"], FieldKey.OwnerId, Operator.Is, me.ToString())] : [];

    private async Task ReadViews() => _views = await Session.ReadViews(Key);

    /// <summary>Takes over what the address says, or the view that it names.</summary>
    private Task Show()
    {
        var before = _address;
        _missing = [];
        _view = _views.FirstOrDefault(view => view.Id == _given.View);
        _address = _view is not null && _given.IsBare ? ListAddress.Of(Path, _view, out _missing) : _given;
        _order = [.. (_address.Sort ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)
            .Select(key => (key.TrimStart('-'), key.StartsWith('-')))];
        _columns = [.. ColumnKeys.Split(',').Select(_facts!.Find).OfType<FactView>()];
        if (!_asked.Remove(_address.Search))
        {
            _typed = _address.Search;
        }

        if (before.Question(Subject) != _address.Question(Subject))
        {
            Unpick();
        }

        return Load();
    }

    private async Task Load()
    {
        var wanted = _given;
        _loading = true;
        var rows = await Session.Send(Page(null));
        if (wanted != _given)
        {
            return;
        }

        (_loading, _problem, _rows, _next, _figures) = (false, rows.Problem, rows.Value?.Items.ToList(), rows.Value?.Next, null);
        if (rows.Ok && RendererInfo.IsInteractive)
        {
            // Sums look at all rows: what is read first does not wait for them.
            StateHasChanged();
            var figures = await Session.Send(new SumRecords.Query(_address.Question(Subject)));
            _figures = wanted == _given ? figures.Value : _figures;
        }
    }

    private async Task More()
    {
        var wanted = _given;
        _loading = true;
        var result = await Session.Send(Page(_next));
        _loading = false;
        if (wanted != _given)
        {
            return;
        }

        _problem = result.Problem;
        if (result.Ok)
        {
            _rows!.AddRange(result.Value.Items);
            _next = result.Value.Next;
        }
    }

    private ListRecords.Query Page(string? after) => new(_address.Question(Subject), ColumnKeys, new PageRequest(After: after));

    /// <summary>Changes what is shown; what differs from a view says all that it shows.</summary>
    private void Go(ListAddress address) =>
        Navigation.NavigateTo((address.View is null ? address : address with { Columns = address.Columns ?? ColumnKeys }).Uri,
            replace: true);

    private void Clear() => Go(_address with { Search = null, Filter = null, Archived = false });

    /// <summary>The typing paused (form-keys.js).</summary>
    private void Typed()
    {
        var wanted = Text(_typed);
        if (wanted != _address.Search)
        {
            _asked.Add(wanted);
            Go(_address with { Search = wanted });
        }
    }

    private void ChooseColumns(IReadOnlyList<string>? keys) =>
        Go(_address with { Columns = keys is null ? (_view is null ? null : UsualColumns) : string.Join(',', keys) });

    /// <summary>The focus goes back to where it came from.</summary>
    private async Task ColumnsChosen()
    {
        _choosing = false;
        await _columnsButton.FocusAsync();
    }

    /// <summary>Upwards, downwards, not at all; with shift besides what orders already.</summary>
    private void Sort((string Key, bool Besides) asked)
    {
        var at = _order.FindIndex(one => one.Key == asked.Key);
        (string, bool)? next = at < 0 ? (asked.Key, false) : _order[at].Down ? null : (asked.Key, true);
        List<(string Key, bool Down)> order = asked.Besides ? [.. _order.Where(one => one.Key != asked.Key)] : [];
        if (next is { } kept)
        {
            order.Insert(asked.Besides && at >= 0 ? at : order.Count, kept);
        }

        Go(_address with { Sort = order.Count == 0 ? null : string.Join(',', order.Select(one => (one.Down ? "-" : "") + one.Key)) });
    }

    private async Task ViewsChanged(Guid? view)
    {
        await ReadViews();
        var uri = (new ListAddress(Path) { View = view }).Uri;
        if (_given == new ListAddress(Path) { View = view })
        {
            await Show();
        }
        else
        {
            Navigation.NavigateTo(uri);
        }
    }

    private static string? Text(string? typed) => string.IsNullOrWhiteSpace(typed) ? null : typed;
}
