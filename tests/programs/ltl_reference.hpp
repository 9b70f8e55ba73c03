#pragma once

#include <functional>
#include <map>
#include <memory>
#include <string>
#include <vector>

namespace attest::tests {

/// What a formula says about a word, by the definition of each operator alone: positions are 1 … n, and of the empty word 0.
struct LtlFormula {
    using Pointer = std::shared_ptr<const LtlFormula>;
    using Word = std::vector<std::string>;

    std::string text;
    /// Whether it is true at position i of the word.
    std::function<bool(const Word& word, int i)> holds;

    static Pointer make(std::string text, std::function<bool(const Word&, int)> holds) {
        return std::make_shared<LtlFormula>(LtlFormula{std::move(text), std::move(holds)});
    }

    static Pointer symbol(const std::string& a) {
        return make(a, [a](const Word& w, int i) { return i > 0 && w[static_cast<std::size_t>(i - 1)] == a; });
    }
    static Pointer constant(bool value) {
        return make(value ? "true" : "false", [value](const Word&, int) { return value; });
    }
    static Pointer empty() {
        return make("empty", [](const Word& w, int) { return w.empty(); });
    }
    static Pointer remainder(int m, int r) {
        return make("mod(" + std::to_string(m) + ", " + std::to_string(r) + ")",
                    [m, r](const Word&, int i) { return i % m == r; });
    }

    static int size(const Word& w) { return static_cast<int>(w.size()); }

    static Pointer unary(const std::string& op, const Pointer& inner) {
        static const std::map<std::string, std::function<bool(const LtlFormula&, const Word&, int)>> meanings = {
            {"!", [](const LtlFormula& f, const Word& w, int i) { return !f.holds(w, i); }},
            {"Y", [](const LtlFormula& f, const Word& w, int i) { return i > 1 && f.holds(w, i - 1); }},
            {"Z", [](const LtlFormula& f, const Word& w, int i) { return i <= 1 || f.holds(w, i - 1); }},
            {"X", [](const LtlFormula& f, const Word& w, int i) { return i > 0 && i < size(w) && f.holds(w, i + 1); }},
            {"N",
             [](const LtlFormula& f, const Word& w, int i) { return i == 0 || i == size(w) || f.holds(w, i + 1); }},
            {"P", [](const LtlFormula& f, const Word& w, int i) { return some(f, w, 1, i - 1); }},
            {"F", [](const LtlFormula& f, const Word& w, int i) { return i > 0 && some(f, w, i + 1, size(w)); }},
            {"O", [](const LtlFormula& f, const Word& w, int i) { return f.holds(w, i) || some(f, w, 1, i - 1); }},
            {"E", [](const LtlFormula& f, const Word& w,
                     int i) { return f.holds(w, i) || (i > 0 && some(f, w, i + 1, size(w))); }},
            {"H", [](const LtlFormula& f, const Word& w, int i) { return f.holds(w, i) && all(f, w, 1, i - 1); }},
            {"G", [](const LtlFormula& f, const Word& w, int i) {
                 return f.holds(w, i) && (i == 0 || all(f, w, i + 1, size(w)));
             }}};
        const auto meaning = meanings.at(op);
        return make(op + " " + parenthesised(inner), [=](const Word& w, int i) { return meaning(*inner, w, i); });
    }

    static Pointer binary(const std::string& op, const Pointer& left, const Pointer& right) {
        static const std::map<std::string, std::function<bool(const LtlFormula&, const LtlFormula&, const Word&, int)>>
            meanings = {{"&", [](auto& f, auto& g, const Word& w, int i) { return f.holds(w, i) && g.holds(w, i); }},
                        {"|", [](auto& f, auto& g, const Word& w, int i) { return f.holds(w, i) || g.holds(w, i); }},
                        {"->", [](auto& f, auto& g, const Word& w, int i) { return !f.holds(w, i) || g.holds(w, i); }},
                        {"<->", [](auto& f, auto& g, const Word& w, int i) { return f.holds(w, i) == g.holds(w, i); }},
                        {"S",
                         [](auto& f, auto& g, const Word& w, int i) {
                             for (int j = 1; j < i; ++j)
                                 if (g.holds(w, j) && all(f, w, j + 1, i - 1)) return true;
                             return false;
                         }},
                        {"Si",
                         [](auto& f, auto& g, const Word& w, int i) {
                             if (g.holds(w, i)) return true;
                             for (int j = 1; j < i; ++j)
                                 if (g.holds(w, j) && all(f, w, j + 1, i)) return true;
                             return false;
                         }},
                        {"U",
                         [](auto& f, auto& g, const Word& w, int i) {
                             for (int j = i + 1; i > 0 && j <= size(w); ++j)
                                 if (g.holds(w, j) && all(f, w, i + 1, j - 1)) return true;
                             return false;
                         }},
                        {"Ui", [](auto& f, auto& g, const Word& w, int i) {
                             if (g.holds(w, i)) return true;
                             for (int j = i + 1; i > 0 && j <= size(w); ++j)
                                 if (g.holds(w, j) && all(f, w, i, j - 1)) return true;
                             return false;
                         }}};
        const auto meaning = meanings.at(op);
        return make(parenthesised(left) + " " + op + " " + parenthesised(right),
                    [=](const Word& w, int i) { return meaning(*left, *right, w, i); });
    }

    bool accepts(const Word& word) const { return holds(word, size(word)); }

  private:
    static std::string parenthesised(const Pointer& f) { return "(" + f->text + ")"; }
    static bool some(const LtlFormula& f, const Word& w, int from, int to) {
        for (int j = from; j <= to; ++j)
            if (f.holds(w, j)) return true;
        return false;
    }
    static bool all(const LtlFormula& f, const Word& w, int from, int to) {
        for (int j = from; j <= to; ++j)
            if (!f.holds(w, j)) return false;
        return true;
    }
};

}  // namespace attest::tests
