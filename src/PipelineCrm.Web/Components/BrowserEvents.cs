using Microsoft.AspNetCore.Components;

namespace PipelineCrm.Web.Components;

/// <summary>Events of the browser that Blazor does not know by itself; registering one here lets markup use it.</summary>
[EventHandler("onanimationend", typeof(EventArgs), enableStopPropagation: true, enablePreventDefault: false)]
public static class EventHandlers;
