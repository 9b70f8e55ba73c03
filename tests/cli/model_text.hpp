#pragma once

#include <map>
#include <string>

namespace attest::tests {

/// The text of a model file from its members, so that it can be as wrong as a test wants.
using Members = std::map<std::string, std::string>;

/// Reads the last of the digits 0 to 3: its score is that digit.
inline Members digits() {
    return {{"format", R"("attest/model")"},
            {"version", "1"},
            {"name", R"("digits")"},
            {"alphabet", R"(["0","1","2","3"])"},
            {"dimension", "1"},
            {"embedding", R"({"0":[0],"1":[1],"2":[2],"3":[3]})"},
            {"layers", "[]"},
            {"readout", R"({"position":"last","weight":[1],"bias":0})"}};
}

/// The same over bits.
inline Members bits() {
    Members members = digits();
    members["name"] = R"("bits")";
    members["alphabet"] = R"(["0","1"])";
    members["embedding"] = R"({"0":[0],"1":[1]})";
    return members;
}

inline std::string text(const Members& members) {
    std::string result;
    for (const auto& [key, value] : members) result += (result.empty() ? "{" : ",\n") + ("\"" + key + "\": " + value);
    return result + "}";
}

inline std::string with(Members members, const Members& changes) {
    for (const auto& [key, value] : changes) members[key] = value;
    return text(members);
}

/// A layer of one head that copies what it looks at; further members of the attention and of the head.
inline std::string copying_layer(const std::string& attention, const std::string& head = "") {
    return R"({"attention": {"residual": false, )" + attention + R"(, "heads": [{"value": [[1]], "output": [[1]])" +
           (head.empty() ? "" : ", " + head) + "}]}}";
}

}  // namespace attest::tests
