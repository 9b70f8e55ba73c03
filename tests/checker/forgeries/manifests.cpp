#include "forgery.hpp"

namespace forgeries {
namespace {

Edit top(const std::string& from, const std::string& to) { return in("manifest", from, to); }

/// Takes the key away, and its value up to the next comma.
Edit no_key(const std::string& key) {
    return [=](Certificate& c) {
        c.in_manifest.emplace_back([=](std::string& text) {
            const std::size_t at = text.find("\"" + key + "\"");
            text.erase(at, text.find(',', at) + 1 - at);
        });
    };
}

constexpr const char* strict = "Strict JSON (UTF-8, no duplicate key, no unknown key, depth at most 64)";
constexpr const char* required = "an object with the keys, all required unless marked";
constexpr const char* digest = "64 lower-case hexadecimal digits: the SHA-256 of the bytes of `manifest.json` itself";
constexpr const char* file_list =
    "list of `{\"name\": s, \"bytes\": n, \"sha256\": h}`, h in 64 lower-case hexadecimal digits";

std::vector<Forgery> strict_json() {
    const std::string deep = std::string(64, '[') + std::string(64, ']');
    return {
        {strict, "exhaustion", top("by hand", "by \xff hand"), "question", "manifest.json byte"},
        {strict, "exhaustion", top("by hand", "by \xc0\xaf hand"), "question", "manifest.json byte"},
        {strict, "exhaustion", top("by hand", "by \xed\xa0\x80 hand"), "question", "manifest.json byte"},
        {strict, "exhaustion", top("{\"format\"", "\xef\xbb\xbf{\"format\""), "question", "a byte order mark"},
        {strict, "exhaustion", top("}\n", std::string("}\n\0", 3)), "question", "a NUL byte"},
        {strict, "exhaustion", top("\"length\": 3", "\"length\": 3, \"length\": 2"), "question", "appears twice"},
        {strict, "exhaustion", top("\"length\": 3", "\"length\": 3, \"l\\u0065ngth\": 2"), "question", "appears twice"},
        {strict, "exhaustion", top("\"seed\": 7", "\"seed\": 7, \"seed\": 7"), "question", "appears twice"},
        {strict, "exhaustion", top("\"assumptions\": []", "\"assumptions\": [" + deep + "]"), "question",
         "nested deeper than 64"},
        {strict, "exhaustion", top("\"assumptions\": []", "\"assumptions\": [], \"hope\": []"), "question",
         "unknown key \"hope\""},
        {strict, "exhaustion", top("\"assumptions\": []", "\"assumptions\": [,]"), "question", "not JSON"},
        {strict, "exhaustion", top("\"assumptions\": []", "/* none */ \"assumptions\": []"), "question", "not JSON"},
        {strict, "exhaustion", top("\"length\": 3", "\"length\": 03"), "question", "not JSON"},
        {strict, "exhaustion", top("\"length\": 3", "\"length\": +3"), "question", "not JSON"},
        {strict, "exhaustion", top("\"length\": 3", "\"length\": NaN"), "question", "not JSON"},
        {strict, "exhaustion", top("\"model\"", "'model'"), "question", "not JSON"},
        {strict, "exhaustion", top("}\n", "}}\n"), "question", "not JSON"},
        {strict, "exhaustion", top("}\n", "} {}\n"), "question", "not JSON"},
        {"an object with the keys", "exhaustion", both(top("{\"format\"", "[{\"format\""), top("}\n", "}]\n")),
         "question", "an object was expected"},
    };
}

std::vector<Forgery> keys() {
    return {
        {required, "exhaustion", no_key("format"), "question", "the key \"format\" is missing"},
        {required, "exhaustion", no_key("version"), "question", "the key \"version\" is missing"},
        {required, "exhaustion", top(",\n \"claim\"", ",\n \"Claim\""), "question", "unknown key \"Claim\""},
        {required, "exhaustion", put("evidence", ""), "question", "the key \"evidence\" is missing"},
        {required, "exhaustion", no_key("assumptions"), "question", "the key \"assumptions\" is missing"},
        {required, "exhaustion", top("\"provenance\": {\"tool\": \"by hand\", \"seed\": 7},", ""), "question",
         "the key \"provenance\" is missing"},
        {required, "exhaustion",
         [](Certificate& c) {
             c.in_manifest.emplace_back([](std::string& text) {
                 const std::size_t at = text.find("\"files\""), end = text.find("\"digest\"");
                 text.erase(at, end - at);
             });
         },
         "question", "the key \"files\" is missing"},
        {required, "exhaustion",
         [](Certificate& c) {
             c.in_manifest.emplace_back([](std::string& text) { text.erase(text.find(",\n \"digest\""), 79); });
         },
         "question", "the key \"digest\" is missing"},
        {"`\"attest/certificate\"`", "exhaustion", top("attest/certificate", "attest/certificates"), "question",
         "format: \"attest/certificate\" was expected"},
        {"| `version` | `1` |", "exhaustion", top("\"version\": 1", "\"version\": 2"), "question",
         "version: 2 is not between 1 and 1"},
        {"| `version` | `1` |", "exhaustion", top("\"version\": 1", "\"version\": 1.0"), "question",
         "version: an integer was expected"},
        {"| `version` | `1` |", "exhaustion", top("\"version\": 1", "\"version\": \"1\""), "question",
         "version: an integer was expected"},
        {"list of strings, for people", "exhaustion", top("\"assumptions\": []", "\"assumptions\": [1]"), "question",
         "assumptions[0]: a string was expected"},
        {"list of strings, for people", "exhaustion", top("\"assumptions\": []", "\"assumptions\": \"none\""),
         "question", "assumptions: an array was expected"},
        {"object of strings and integers, for people", "exhaustion", top("\"seed\": 7", "\"seed\": 7.5"), "question",
         "a string or an integer was expected"},
        {"object of strings and integers, for people", "exhaustion", top("\"seed\": 7", "\"seed\": true"), "question",
         "a string or an integer was expected"},
        {"object of strings and integers, for people", "exhaustion", top("\"seed\": 7", "\"seed\": {\"a\": 1}"),
         "question", "a string or an integer was expected"},
        {"object of strings and integers, for people", "exhaustion", top("{\"tool\": \"by hand\", \"seed\": 7}", "[]"),
         "question", "an object was expected"},
        {file_list, "exhaustion", top("\"bytes\"", "\"Bytes\""), "question", "unknown key \"Bytes\""},
        {file_list, "exhaustion", top("{\"name\": \"model.json\", ", "{"), "question", "the key \"name\" is missing"},
        {file_list, "exhaustion", top("\"bytes\": ", "\"bytes\": -"), "question", "bytes: "},
        {file_list, "exhaustion", top("\"sha256\": \"", "\"sha256\": \"0"), "question", "sha256: 64 lower-case"},
        {file_list, "exhaustion",
         [](Certificate& c) {
             c.in_manifest.emplace_back([](std::string& text) {
                 for (std::size_t k = text.find("\"sha256\"") + 11; text[k] != '"'; ++k)
                     if (text[k] >= 'a') text[k] = static_cast<char>(text[k] - 32);
             });
         },
         "question", "sha256: 64 lower-case"},
        {"every file has the listed size and SHA-256", "exhaustion", top("\"bytes\": ", "\"bytes\": 1"), "digest",
         "model.json: the file has"},
        {"every file has the listed size and SHA-256", "exhaustion",
         [](Certificate& c) {
             c.in_manifest.emplace_back([](std::string& text) {
                 char& digit = text[text.find("\"sha256\"") + 20];
                 digit = digit == '0' ? '1' : '0';
             });
         },
         "digest", "model.json: the file has another digest"},
    };
}

std::vector<Forgery> digests() {
    const auto after = [](const std::string& from, const std::string& to) {
        return on_disk([=](const std::string& directory) { rewrite(directory + "/manifest.json", from, to); });
    };
    return {
        {digest, "exhaustion", after("\"seed\": 7", "\"seed\": 8"), "digest", "the manifest has another digest"},
        {digest, "exhaustion", after("}\n", "}\n\n"), "digest", "the manifest has another digest"},
        {digest, "exhaustion", top("\"digest\": \"0", "\"digest\": \""), "question", "digest: 64 lower-case"},
        {digest, "exhaustion", top("\"digest\": \"0", "\"digest\": \"G"), "question", "digest: 64 lower-case"},
        {digest, "exhaustion", top("\"digest\": \"0", "\"digest\": \"1"), "digest", "digest: "},
        {"in which these 64 characters are replaced by 64 times `0`", "exhaustion",
         on_disk([](const std::string& directory) {
             // The digest stands in the assumptions, too, so that one could exchange which of the two is
             // meant.
             rewrite(directory + "/manifest.json", "\"assumptions\": []",
                     "\"assumptions\": [\"" + digest_in(directory) + "\"]");
         }),
         "digest", "exactly once"},
        {"These 64 characters stand in the manifest once, without escapes", "exhaustion",
         on_disk([](const std::string& directory) {
             const std::string digits = digest_in(directory);
             const char second = digits[1];
             const std::string code =
                 second < 'a' ? std::string("3") + second : std::string("6") + static_cast<char>(second - 'a' + '1');
             rewrite(directory + "/manifest.json", digits, digits.substr(0, 1) + "\\u00" + code + digits.substr(2));
         }),
         "digest", "exactly once"},
    };
}

}  // namespace

Section manifests() {
    Section section{"1.1, the manifest", strict_json()};
    for (const auto& more : {keys(), digests()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
