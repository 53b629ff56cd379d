using System.Reflection;
using System.Reflection.Emit;
using System.Text.RegularExpressions;
using PipelineCrm.Deals;
using PipelineCrm.Domain;
using PipelineCrm.Persistence.Ledger;

namespace PipelineCrm.Tests.Architecture;

/// <summary>A deal's stage changes in few places. Who adds one says so here, by name.</summary>
public partial class LedgerWriterTests
{
    private const BindingFlags Declared = BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.Instance | BindingFlags.Static
        | BindingFlags.DeclaredOnly;

    /// <summary>They decide, or take back what was decided, and write by the move's transaction.</summary>
    private static readonly string[] Callers = ["CreateDeal", "DealArchiver", "MoveDeal", "UndoTransition", "UpdateDeal"];

    /// <summary>Historical import is recorded, not judged, and undone as a whole; everything else is the writer's own statement.</summary>
    private static readonly string[] Appenders = ["ImportCommit", "ImportRollback", "LedgerStatement"];

    private static readonly Dictionary<short, OpCode> OpCodesByValue = typeof(OpCodes).GetFields()
        .Select(field => (OpCode)field.GetValue(null)!).ToDictionary(code => code.Value);

    private static readonly List<(string By, object Operand)> Operands = [.. typeof(PurchasePath).Assembly.GetTypes()
        .SelectMany(OperandsOf)];

    [Fact]
    public void Only_the_scene_of_a_move_holds_the_ledger_writer() =>
        Assert.Equal([nameof(MoveTransaction)], CallersOf(typeof(LedgerWriter), nameof(LedgerWriter.Write)));

    [Fact]
    public void Only_moving_creating_undoing_changing_and_archiving_a_deal_write_by_the_scene() =>
        Assert.Equal(Callers, CallersOf(typeof(MoveTransaction), nameof(MoveTransaction.Write)));

    [Fact]
    public void Only_the_writer_and_historical_import_append_transitions() =>
        Assert.Equal(Appenders, Operands.Where(one => one.Operand is string sql && Appends().IsMatch(sql)).Select(one => one.By).Distinct()
            .Order(StringComparer.Ordinal));

    private static IEnumerable<string> CallersOf(Type type, string method) =>
        Operands.Where(one => one.Operand is MethodBase called && called.DeclaringType == type && called.Name == method)
            .Select(one => one.By).Distinct().Order(StringComparer.Ordinal);

    /// <summary>What a type calls and which texts it holds, under the name of the file's own type.</summary>
    private static IEnumerable<(string By, object Operand)> OperandsOf(Type type)
    {
        var outermost = type;
        while (outermost.DeclaringType is { } around)
        {
            outermost = around;
        }

        return type.GetMethods(Declared).Cast<MethodBase>().Concat(type.GetConstructors(Declared))
            .SelectMany(method => OperandsOf(method).Select(operand => (outermost.Name, operand)));
    }

    private static IEnumerable<object> OperandsOf(MethodBase method)
    {
        var code = method.GetMethodBody()?.GetILAsByteArray() ?? [];
        var (type, generic) = (method.DeclaringType!.GetGenericArguments(), method.IsGenericMethod ? method.GetGenericArguments() : []);
        for (var at = 0; at < code.Length;)
        {
            var value = code[at] == 0xFE ? unchecked((short)((code[at++] << 8) | code[at++])) : code[at++];
            var operation = OpCodesByValue[value];
            if (operation.OperandType is OperandType.InlineMethod or OperandType.InlineTok or OperandType.InlineString)
            {
                var token = BitConverter.ToInt32(code, at);
                if (operation.OperandType == OperandType.InlineString)
                {
                    yield return method.Module.ResolveString(token);
                }
                else if (method.Module.ResolveMember(token, type, generic) is MethodBase called)
                {
                    yield return called;
                }
            }

            at += SizeOf(operation.OperandType, code, at);
        }
    }

    private static int SizeOf(OperandType operand, byte[] code, int at) => operand switch
    {
        OperandType.InlineNone => 0,
        OperandType.ShortInlineBrTarget or OperandType.ShortInlineI or OperandType.ShortInlineVar => 1,
        OperandType.InlineVar => 2,
        OperandType.InlineI8 or OperandType.InlineR => 8,
        OperandType.InlineSwitch => 4 + (4 * BitConverter.ToInt32(code, at)),
        _ => 4,
    };

    /// <summary>A statement whose table is put in later counts too.</summary>
    [GeneratedRegex(@"\binsert\s+into\s+(transitions\b|$)", RegexOptions.IgnoreCase)]
    private static partial Regex Appends();
}
