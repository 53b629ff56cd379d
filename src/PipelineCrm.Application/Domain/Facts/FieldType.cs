namespace PipelineCrm.Domain;

/// <summary>What kind of value a field has, which decides the operators that may ask about it.</summary>
public enum FieldType
{
    Text = 1,
    Number = 2,
    Money = 3,
    Date = 4,
    Choice = 5,
    Count = 6,
    Flag = 7,
}
