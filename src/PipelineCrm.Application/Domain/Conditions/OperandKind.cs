namespace PipelineCrm.Domain;

/// <summary>The value that an operator takes. Text, Number, Date and Flag may be another fact's.</summary>
public enum OperandKind
{
    None = 0,
    Text = 1,
    Texts = 2,
    Number = 3,
    TwoNumbers = 4,
    Date = 5,
    Days = 6,
    Flag = 7,
    Pattern = 8,
}
