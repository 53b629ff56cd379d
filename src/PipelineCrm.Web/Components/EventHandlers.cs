using Microsoft.AspNetCore.Components;

namespace PipelineCrm.Web.Components;

/// <summary>
/// Events that Blazor does not know by itself; registering one here lets markup use it. <c>escape</c> is said by the page's own script
/// (form-keys.js) to the innermost element with <c>data-escapes</c>, so that no other key travels.
/// </summary>
[EventHandler("onanimationend", typeof(EventArgs), enableStopPropagation: true, enablePreventDefault: false)]
[EventHandler("onescape", typeof(EventArgs), enableStopPropagation: true, enablePreventDefault: false)]
public static class EventHandlers;
