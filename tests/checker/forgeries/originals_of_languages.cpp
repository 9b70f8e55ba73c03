#include <algorithm>

#include "originals.hpp"

// One network in the form of tables for each language: it sees the whole word, and the words that it accepts
// are those of the language by a definition that is written here again.

namespace forgeries {
namespace {

using Definition = std::function<bool(const std::string& word)>;

std::ptrdiff_t ones(const std::string& w) { return std::count(w.begin(), w.end(), '1'); }
bool has(const std::string& w, const char* factor) { return w.find(factor) != std::string::npos; }
bool is_palindrome(const std::string& w) { return std::equal(w.begin(), w.end(), w.rbegin()); }

/// Pairs of the alphabet are ( ) [ ].
bool balanced(const std::string& w, std::size_t depth) {
    std::string open;
    for (const char c : w) {
        if (c == '(' || c == '[') {
            open += c;
        } else if (open.empty() || open.back() != (c == ')' ? '(' : '[')) {
            return false;
        } else {
            open.pop_back();
        }
        if (open.size() > depth) return false;
    }
    return open.empty();
}

std::string without(std::string w, const std::string& symbols) {
    std::erase_if(w, [&](char c) { return symbols.find(c) != std::string::npos; });
    return w;
}

/// No prefix of a part between 1s closes more than it opens, and the last part is balanced.
bool balanced_from_the_last_1(const std::string& w) {
    const std::size_t one = w.rfind('1');
    if (one == std::string::npos) return balanced(w, 9);
    std::ptrdiff_t open = 0;
    for (const char c : w.substr(0, one)) {
        open = c == '1' ? 0 : open + (c == '(' ? 1 : -1);
        if (open < 0) return false;
    }
    return balanced(w.substr(one + 1), 9);
}

/// Where the expression that starts there ends; beyond the word if there is none.
std::size_t expression(const std::string& w, std::size_t at) {
    if (at >= w.size()) return w.size() + 1;
    std::size_t end = at + 1;
    for (int k = 0; k < (w[at] == 'a' ? 1 : w[at] == 'b' ? 2 : 0); ++k) end = expression(w, end);
    return end;
}

/// No odd run of 1 directly before an odd run of 0.
bool tomita_3(const std::string& w) {
    for (std::size_t at = 0; at < w.size();) {
        const std::size_t one = std::min(w.find('0', at), w.size()), zero = std::min(w.find('1', one), w.size());
        if ((one - at) % 2 == 1 && (zero - one) % 2 == 1) return false;
        at = zero;
    }
    return true;
}

bool falls_and_rises_at_most_thrice(const std::string& w) {
    std::string order = "0101";
    std::size_t k = 0;
    for (const char c : w) {
        while (k < 4 && order[k] != c) ++k;
        if (k == 4) return false;
    }
    return true;
}

struct Row {
    const char* text;
    const char* alphabet;
    int length;
    Definition contains;
};

const std::vector<Row>& rows() {
    static const std::vector<Row> all = {
        {"parity", "01", 3, [](const std::string& w) { return ones(w) % 2 == 1; }},
        {"even", "01", 3, [](const std::string& w) { return ones(w) % 2 == 0; }},
        {"majority", "01", 4, [](const std::string& w) { return ones(w) > 2; }},
        {"first", "01", 3, [](const std::string& w) { return w[0] == '1'; }},
        {"last", "01", 3, [](const std::string& w) { return w[2] == '1'; }},
        {"all-ones", "01", 3, [](const std::string& w) { return w == "111"; }},
        {"contains:11", "01", 4, [](const std::string& w) { return has(w, "11"); }},
        {"mod:3,1", "01", 4, [](const std::string& w) { return ones(w) % 3 == 1; }},
        {"dyck:1", "()", 4, [](const std::string& w) { return balanced(w, 9); }},
        {"dyck:2", "()[]", 4, [](const std::string& w) { return balanced(w, 9); }},
        {"dyck:2,1", "()[]", 4, [](const std::string& w) { return balanced(w, 1); }},
        {"palindrome", "01", 3, is_palindrome},
        {"tomita:1", "01", 3, [](const std::string& w) { return w == "111"; }},
        {"tomita:2", "01", 4, [](const std::string& w) { return w == "1010"; }},
        {"tomita:3", "01", 5, tomita_3},
        {"tomita:4", "01", 4, [](const std::string& w) { return !has(w, "000"); }},
        {"tomita:5", "01", 4, [](const std::string& w) { return ones(w) % 2 == 0; }},
        {"tomita:6", "01", 4, [](const std::string& w) { return (4 - 2 * ones(w)) % 3 == 0; }},
        {"tomita:7", "01", 5, falls_and_rises_at_most_thrice},
        {"anbn", "ab", 4, [](const std::string& w) { return w == "aabb"; }},
        {"anbncn", "abc", 3, [](const std::string& w) { return w == "abc"; }},
        {"shuffle:2", "()[]", 4,
         [](const std::string& w) { return balanced(without(w, "[]"), 9) && balanced(without(w, "()"), 9); }},
        {"reset-dyck", "()1", 3, balanced_from_the_last_1},
        {"boolexpr:2", "01ab", 3, [](const std::string& w) { return expression(w, 0) == w.size(); }},
        {"nested:2", "ab", 4, [](const std::string& w) { return w == "aabb" || w == "abab"; }},
        {"regex:a(?:b|[c-z]){2}|a(){1}", "abc", 3,
         [](const std::string& w) { return (w[0] == 'a' && w[1] != 'a' && w[2] != 'a'); }},
        {"table:9", "01", 2, [](const std::string& w) { return w == "00" || w == "11"; }}};
    return all;
}

std::vector<std::string> words(const std::string& alphabet, int length) {
    if (length == 0) return {""};
    std::vector<std::string> all;
    for (const std::string& shorter : words(alphabet, length - 1))
        for (const char a : alphabet) all.push_back(shorter + a);
    return all;
}

Certificate recognised(const Row& row) {
    const std::vector<std::string> all = words(row.alphabet, row.length);
    std::vector<std::string> accepted;
    for (const std::string& word : all)
        if (row.contains(word)) accepted.push_back(word);
    return {recognises("tables", row.text, row.length),
            R"({"kind": "exhaustion", "words": )" + std::to_string(all.size()) + "}",
            {{"model.json", all_seeing(row.alphabet, row.length, accepted)}}};
}

}  // namespace

Originals originals_of_languages() {
    Originals all;
    for (const Row& row : rows()) all[std::string("language ") + row.text] = [&row] { return recognised(row); };
    return all;
}

}  // namespace forgeries
