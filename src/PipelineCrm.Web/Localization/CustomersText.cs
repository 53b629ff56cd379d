namespace PipelineCrm.Web.Localization;

/// <summary>Names the texts of customers and their contacts.</summary>
internal sealed class CustomersText;
