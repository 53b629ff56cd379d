namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts about facts: controls, values, the page of fields that admins add.</summary>
internal sealed class FieldsText;
