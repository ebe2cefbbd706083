using System.Buffers.Binary;
using System.Text;

namespace WanLab.Torch.Pickles;

/// <summary>
/// Reads the pickle of a PyTorch file: dictionaries, lists, texts, numbers and tensors. A pickle is a program; this machine knows only
/// the instructions that build such values, and a list of eight names to build them with. Anything else is refused, and nothing of the
/// file is ever run. The work is linear in the pickle's length.
/// </summary>
internal sealed class Unpickler
{
    private const int MaxName = 256, MaxRank = 32;

    private static readonly Dictionary<string, DType> Storages = new(StringComparer.Ordinal)
    {
        ["torch.FloatStorage"] = DType.Float32,
        ["torch.HalfStorage"] = DType.Float16,
        ["torch.BFloat16Storage"] = DType.BFloat16,
        ["torch.DoubleStorage"] = DType.Float64,
        ["torch.LongStorage"] = DType.Int64,
        ["torch.IntStorage"] = DType.Int32,
        ["torch.ShortStorage"] = DType.Int16,
        ["torch.CharStorage"] = DType.Int8,
        ["torch.ByteStorage"] = DType.UInt8,
        ["torch.BoolStorage"] = DType.Bool,
    };

    private static readonly Dictionary<string, DType> Types = new(StringComparer.Ordinal)
    {
        ["torch.float32"] = DType.Float32,
        ["torch.float16"] = DType.Float16,
        ["torch.bfloat16"] = DType.BFloat16,
        ["torch.float64"] = DType.Float64,
        ["torch.int64"] = DType.Int64,
        ["torch.int32"] = DType.Int32,
        ["torch.int16"] = DType.Int16,
        ["torch.int8"] = DType.Int8,
        ["torch.uint8"] = DType.UInt8,
        ["torch.bool"] = DType.Bool,
        ["torch.float8_e4m3fn"] = DType.Float8E4M3,
        ["torch.float8_e5m2"] = DType.Float8E5M2,
    };

    private static readonly HashSet<string> Makers = new(StringComparer.Ordinal)
    {
        "collections.OrderedDict", "torch._utils._rebuild_tensor_v2", "torch._utils._rebuild_tensor_v3",
        "torch._utils._rebuild_parameter", "torch.Size", "torch.storage.UntypedStorage", "torch.UntypedStorage",
        "torch.storage.TypedStorage",
    };

    private readonly byte[] _bytes;
    private readonly Func<string, WanLabException> _bad;
    private readonly Stack<object?> _stack = new();
    private readonly Dictionary<uint, object?> _memo = [];
    private int _at;

    private Unpickler(byte[] bytes, Func<string, WanLabException> bad) => (_bytes, _bad) = (bytes, bad);

    /// <summary>The value of a pickle: a <see cref="Map"/>, <see cref="PickledTensor"/>, list, array, text, number or null.</summary>
    /// <param name="bytes">The pickle.</param>
    /// <param name="bad">Makes the exception for a pickle that is damaged or refused.</param>
    public static object? Read(byte[] bytes, Func<string, WanLabException> bad) => new Unpickler(bytes, bad).Run();

    private object? Run()
    {
        while (true)
        {
            var code = Byte();
            switch ((char)code)
            {
                case '\x80': // PROTO
                    if (Byte() is var version and > 5) throw Damaged($"it is of version {version}");
                    break;
                case '\x95': // FRAME
                    Take(8);
                    break;
                case '.': // STOP
                    return Pop();
                case '(': // MARK
                    _stack.Push(Mark.Here);
                    break;
                case 'N':
                    _stack.Push(null);
                    break;
                case '\x88':
                    _stack.Push(true);
                    break;
                case '\x89':
                    _stack.Push(false);
                    break;
                case 'K':
                    _stack.Push((long)Byte());
                    break;
                case 'M':
                    _stack.Push((long)BinaryPrimitives.ReadUInt16LittleEndian(Take(2)));
                    break;
                case 'J':
                    _stack.Push((long)BinaryPrimitives.ReadInt32LittleEndian(Take(4)));
                    break;
                case '\x8a': // LONG1
                    _stack.Push(Long(Byte()));
                    break;
                case 'G':
                    _stack.Push(BinaryPrimitives.ReadDoubleBigEndian(Take(8)));
                    break;
                case 'X':
                    _stack.Push(Text(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                    break;
                case 'U' or '\x8c': // SHORT_BINSTRING, SHORT_BINUNICODE
                    _stack.Push(Text(Byte()));
                    break;
                case '}':
                    _stack.Push(new Map());
                    break;
                case ']':
                    _stack.Push(new List<object?>());
                    break;
                case ')':
                    _stack.Push(Array.Empty<object?>());
                    break;
                case '\x85' or '\x86' or '\x87': // TUPLE1, TUPLE2, TUPLE3
                    _stack.Push(Items(code - 0x84));
                    break;
                case 't':
                    _stack.Push(SinceMark());
                    break;
                case 's':
                    SetItems(Items(2));
                    break;
                case 'u':
                    SetItems(SinceMark());
                    break;
                case 'a':
                    Append(Items(1));
                    break;
                case 'e':
                    Append(SinceMark());
                    break;
                case 'q':
                    _memo[Byte()] = Peek();
                    break;
                case 'r':
                    _memo[BinaryPrimitives.ReadUInt32LittleEndian(Take(4))] = Peek();
                    break;
                case '\x94': // MEMOIZE
                    _memo[(uint)_memo.Count] = Peek();
                    break;
                case 'h':
                    _stack.Push(Memo(Byte()));
                    break;
                case 'j':
                    _stack.Push(Memo(BinaryPrimitives.ReadUInt32LittleEndian(Take(4))));
                    break;
                case 'c': // GLOBAL
                    _stack.Push(Known(Line(), Line()));
                    break;
                case '\x93': // STACK_GLOBAL
                    var names = Items(2);
                    _stack.Push(names is [string module, string name] ? Known(module, name) : throw Damaged("a name is no text"));
                    break;
                case 'Q': // BINPERSID
                    _stack.Push(Storage(Pop()));
                    break;
                case 'R': // REDUCE
                    var given = Items(2);
                    _stack.Push(Make(given[0] as Name, given[1] as object?[]));
                    break;
                case 'b': // BUILD: attributes of an OrderedDict, such as the versions of a network's layers
                    Pop();
                    if (Peek() is not Map) throw Damaged("attributes are set on something that has none");
                    break;
                default:
                    throw _bad($"refused: instruction 0x{code:x2} at byte {_at - 1} of its pickle is none that tensors need");
            }
        }
    }

    private object? Make(Name? name, object?[]? given) => (name?.Text, given) switch
    {
        ("collections.OrderedDict", []) => new Map(),
        ("torch.Size", [object?[] sizes]) => sizes,
        ("torch._utils._rebuild_parameter", [PickledTensor tensor, ..]) => tensor,
        ("torch._utils._rebuild_tensor_v2",
            [PickledStorage { DType: { } type } storage, long offset, object?[] sizes, object?[] strides, ..]) =>
            View(storage, type, offset, sizes, strides),
        ("torch._utils._rebuild_tensor_v3",
            [PickledStorage storage, long offset, object?[] sizes, object?[] strides, _, _, Name type, ..])
            when Types.TryGetValue(type.Text, out var dtype) => View(storage, dtype, offset, sizes, strides),
        _ => throw Damaged($"'{name?.Text ?? "something"}' is given values that do not fit"),
    };

    private PickledTensor View(PickledStorage storage, DType dtype, long offset, object?[] sizes, object?[] strides)
    {
        if (sizes.Length != strides.Length || sizes.Length > MaxRank) throw Damaged("a tensor has an impossible shape");
        var tensor = new PickledTensor(storage, dtype, offset, [.. sizes.Select(Number)], [.. strides.Select(Number)]);
        Int128 count = 1;
        foreach (var size in tensor.Shape)
        {
            count *= size;
            if (count > long.MaxValue / 8) throw Damaged("a tensor has an impossible shape");
        }
        var capacity = (Int128)storage.Count * (storage.DType?.Size() ?? 1) / dtype.Size();
        if (offset < 0 || (count > 0 && offset + tensor.Span > capacity)) throw Damaged("a tensor reaches beyond its storage");
        return tensor;
    }

    private long Number(object? value) => value is long and >= 0 and var number ? number : throw Damaged("a size is no number");

    private PickledStorage Storage(object? id)
    {
        if (id is not object?[] parts || parts is not ["storage", Name name, string key, string, long and >= 0 and var count])
            throw Damaged("a storage is not described as usual");
        var type = name.Text;
        if (Storages.TryGetValue(type, out var dtype)) return new PickledStorage(key, dtype, count);
        if (type.EndsWith("UntypedStorage", StringComparison.Ordinal)) return new PickledStorage(key, null, count);
        throw Damaged($"a storage of type '{type}' cannot be read");
    }

    private Name Known(string module, string name)
    {
        var text = $"{module}.{name}";
        if (Makers.Contains(text) || Storages.ContainsKey(text) || Types.ContainsKey(text)) return new Name(text);
        throw _bad($"refused: its pickle asks for '{text}', which is no part of a tensor and could run code. Only files of tensors " +
            "(a state_dict) are read");
    }

    private void SetItems(object?[] items)
    {
        if (Peek() is not Map map || items.Length % 2 != 0) throw Damaged("items are set on something that has none");
        for (var k = 0; k < items.Length; k += 2)
            if (items[k] is string key) map.Values[key] = items[k + 1];
    }

    private void Append(object?[] items)
    {
        if (Peek() is not List<object?> list) throw Damaged("items are added to something that has none");
        list.AddRange(items);
    }

    private object?[] SinceMark()
    {
        var items = new List<object?>();
        while (Popped() is var item && !ReferenceEquals(item, Mark.Here)) items.Add(item);
        items.Reverse();
        return [.. items];
    }

    private object?[] Items(int count)
    {
        var items = new object?[count];
        while (count > 0) items[--count] = Pop();
        return items;
    }

    private object? Pop() => Popped() is var value && value is Mark ? throw Damaged("a mark stands where a value should") : value;

    private object? Popped() => _stack.TryPop(out var value) ? value : throw Damaged("it takes more values than it has");

    private object? Peek() => _stack.TryPeek(out var value) ? value : throw Damaged("it takes more values than it has");

    private object? Memo(uint key) =>
        _memo.TryGetValue(key, out var value) ? value : throw Damaged("it recalls a value that it never kept");

    private byte Byte() => Take(1)[0];

    private ReadOnlySpan<byte> Take(long count)
    {
        if (count > _bytes.Length - _at) throw Damaged("it ends too early");
        _at += (int)count;
        return _bytes.AsSpan(_at - (int)count, (int)count);
    }

    private long Long(int count)
    {
        if (count > 8) throw Damaged("it holds a number of more than 64 bits");
        var value = 0L;
        var bytes = Take(count);
        for (var k = 0; k < count; k++) value |= (long)bytes[k] << (8 * k);
        return count is > 0 and < 8 && (bytes[count - 1] & 0x80) != 0 ? value | (-1L << (8 * count)) : value;
    }

    private string Text(long count) => Encoding.UTF8.GetString(Take(count));

    private string Line()
    {
        var end = Array.IndexOf(_bytes, (byte)'\n', _at, Math.Min(MaxName, _bytes.Length - _at));
        if (end < 0) throw Damaged("a name has no end");
        var text = Encoding.UTF8.GetString(_bytes, _at, end - _at);
        _at = end + 1;
        return text;
    }

    private WanLabException Damaged(string why) => _bad($"its pickle is damaged or of another kind: {why} (byte {_at})");

    /// <summary>A dictionary; keys that are no texts are left out.</summary>
    internal sealed class Map
    {
        /// <summary>The values by key, in the file's order.</summary>
        public OrderedDictionary<string, object?> Values { get; } = new(StringComparer.Ordinal);
    }

    private sealed record Name(string Text);

    private sealed class Mark
    {
        public static readonly Mark Here = new();
    }
}
