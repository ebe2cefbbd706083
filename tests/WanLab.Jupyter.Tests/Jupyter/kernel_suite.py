"""Jupyter's own tests of kernels (package jupyter_kernel_test), with samples in C#. Nothing is left out."""
import unittest

import jupyter_kernel_test


class WanLabKernelTests(jupyter_kernel_test.KernelTests):
    kernel_name = "wanlab-csharp"
    language_name = "C#"
    file_extension = ".cs"

    code_hello_world = 'Console.WriteLine("hello, world");'
    code_stderr = 'Console.Error.WriteLine("oh no");'
    code_page_something = "#!help"
    code_generate_error = 'throw new InvalidOperationException("no");'
    code_clear_output = "ClearOutput();"
    code_inspect_sample = "Console.WriteLine"
    code_history_pattern = "1?2"
    supported_history_operations = ("tail", "range", "search")

    completion_samples = [
        {"text": "Console.WriteL", "matches": {"WriteLine"}},
        {"text": "#!wh", "matches": {"#!who", "#!whos"}},
    ]
    complete_code_samples = ["1 + 2", "var a = 1;", "int F(int n) => n;", "// only a remark", 'var s = """\n  a\n  """;']
    incomplete_code_samples = ["for (;;) {", "var a = new[] { 1,", "if (true)", "/* a remark"]
    invalid_code_samples = ["var = ;", "class { }", "1 + ) 2;"]

    code_execute_result = [
        {"code": "1+2", "result": "3"},
        {"code": "1+2*3", "result": "7"},
        {"code": '"a" + "b"', "result": "ab"},
        {"code": 'HTML("<b>x</b>")', "mime": "text/html", "result": "<b>x</b>"},
    ]
    code_display_data = [
        {"code": 'display(HTML("<b>x</b>"));', "mime": "text/html"},
        {"code": '"# x".DisplayAs("text/markdown");', "mime": "text/markdown"},
        {"code": '"{}".DisplayAs("application/json");', "mime": "application/json"},
        {"code": "new { A = 1 }.Display();", "mime": "text/html"},
    ]

    # Newer versions of the package have this test too.
    support_iopub_welcome = True


if __name__ == "__main__":
    unittest.main(verbosity=2)
