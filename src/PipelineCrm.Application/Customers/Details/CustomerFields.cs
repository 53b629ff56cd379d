namespace PipelineCrm.Customers;

/// <summary>Fields that are written to a customer.</summary>
public sealed class CustomerFields : SubmittedFieldValues;
