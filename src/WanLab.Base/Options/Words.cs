using System.Reflection;

namespace WanLab.Options;

/// <summary>The words for the values of enums and of named types.</summary>
internal static class Words
{
    /// <summary>The word of an enum's value.</summary>
    /// <exception cref="WanLabException">The number is not a value of the enum.</exception>
    public static string Word(this Enum value) =>
        All(value.GetType()).FirstOrDefault(choice => choice.Value.Equals(value)).Word
        ?? throw new WanLabException($"{value} is not a value of {value.GetType().Name}; use one of its names.");

    /// <summary>The value that a word of an enum stands for.</summary>
    /// <exception cref="WanLabException">There is no such word.</exception>
    public static T Parse<T>(string word) where T : struct, Enum =>
        All(typeof(T)).Where(choice => choice.Word == word).Select(choice => (T?)choice.Value).FirstOrDefault()
        ?? throw new WanLabException($"'{word}' is not one of {string.Join(", ", Of<T>())}.");

    /// <summary>The words of an enum, in the order of their declaration.</summary>
    public static string[] Of<T>() where T : struct, Enum => [.. All(typeof(T)).Select(choice => choice.Word)];

    /// <summary>All values of a type with their words, in the order of their declaration.</summary>
    /// <param name="type">An enum whose members have a <see cref="WordAttribute"/>, or an <see cref="INamed"/> type.</param>
    internal static IReadOnlyList<(string Word, object Value, MemberInfo Member)> All(Type type) => type.IsEnum
        ? [.. type.GetFields(BindingFlags.Public | BindingFlags.Static)
            .Select(field => (WordOf(field), field.GetValue(null)!, (MemberInfo)field))]
        : [.. type.GetProperties(BindingFlags.Public | BindingFlags.Static).Where(property => property.PropertyType == type)
            .Select(property => (property, Value: (INamed)property.GetValue(null)!))
            .Select(choice => (choice.Value.Name, (object)choice.Value, (MemberInfo)choice.property))];

    /// <summary>All values of an <see cref="INamed"/> type.</summary>
    internal static IReadOnlyList<T> Values<T>() where T : INamed => [.. All(typeof(T)).Select(choice => (T)choice.Value)];

    private static string WordOf(FieldInfo field) => field.GetCustomAttribute<WordAttribute>()?.Text
        ?? throw new InvalidOperationException($"{field.DeclaringType!.Name}.{field.Name} has no word; give it a [Word(...)].");
}
