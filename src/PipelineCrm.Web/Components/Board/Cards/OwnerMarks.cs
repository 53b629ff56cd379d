using System.Net;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using PipelineCrm.Web.Components.Kit;
using PipelineCrm.Web.Localization;

namespace PipelineCrm.Web.Components.Board;

/// <summary>Owners as cards show them, initials and name: one piece of markup for all cards of an owner.</summary>
internal sealed class OwnerMarks(IStringLocalizer<BoardText> texts)
{
    private readonly Dictionary<string, MarkupString> _drawn = [];

    public MarkupString Of(string owner) => _drawn.TryGetValue(owner, out var drawn) ? drawn : _drawn[owner] = Draw(owner);

    private MarkupString Draw(string owner)
    {
        var (name, initials) = (WebUtility.HtmlEncode(owner), WebUtility.HtmlEncode(Initials.Of(owner)));
        var (label, tip) = (WebUtility.HtmlEncode(texts["OwnerIs", ""]), WebUtility.HtmlEncode(texts["OwnerIs", owner]));
        return new MarkupString($"""
            <span class="avatar" title="{name}" aria-hidden="true">{initials}</span><span class="owner" title="{tip}"><span class="vh">{label}</span><bdi>{name}</bdi></span>
            """);
    }
}
