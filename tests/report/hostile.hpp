#pragma once

#include <string>
#include <vector>

namespace attest::tests {

/// Texts that would break out of markup, start a script, hide, or turn the direction of what follows.
inline const std::vector<std::string>& hostile_texts() {
    static const std::vector<std::string> texts = {
        "<script>alert(1)</script>",
        "\"><img src=x onerror=alert(1)>",
        "' onfocus='alert(1)' autofocus='",
        "&lt;b&gt; & &amp; &#60;",
        "]]><svg/onload=alert(1)>",
        "--><style>body{display:none}</style><!--",
        "</title></style></pre><h1>verified</h1>",
        "javascript:alert(1)",
        std::string("nul \0 byte", 10),
        "escape \x1b[31m bell \x07 delete \x7f",
        "bad \xff\xfe bytes \xc3( \xed\xa0\x80",
        "right \xe2\x80\xae to left \xe2\x81\xa6 isolate",
        "non-character \xef\xbf\xbe and \xef\xbf\xbf",
        "zero\xe2\x80\x8bwidth\xef\xbb\xbf",
        "line\nbreak\r\ntab\tend",
    };
    return texts;
}

}  // namespace attest::tests
