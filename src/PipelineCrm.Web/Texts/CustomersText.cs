namespace PipelineCrm.Web.Texts;

/// <summary>Names the texts of customers and their contacts.</summary>
internal sealed class CustomersText;
