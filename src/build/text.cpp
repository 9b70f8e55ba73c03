#include "build/text.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <vector>

#include "attest/base/error.hpp"

// A value of a stage is a Boolean: v2_0 is true where a position holds value 0 after stage 2. The head of a stage looks for the
// last position before with a value that is sought, and copies; with ties to the left, for the first. That something is copied
// is a Boolean too, and what a value becomes is a conjunction of the two. So B-RASP and LTL differ in how they write a head, and in
// what they call the symbols.

namespace attest::build {

namespace {

/// How one of the two languages writes what a plan consists of.
class Dialect {
  public:
    virtual ~Dialect() = default;
    /// Lines that come first, after that of the alphabet.
    virtual std::string head(const StagePlan& plan) const = 0;
    virtual std::string symbol(const StagePlan& plan, std::size_t a) const = 0;
    virtual std::string residue(std::uint64_t modulus, std::uint64_t r) const = 0;
    /// What is true at the place where the empty word is read, and nowhere else.
    virtual std::string empty() const = 0;
    /// Of positions where `sought` is true the head takes one; whether `copied` is true there.
    virtual std::string look(network::Tie tie, const std::string& sought, const std::string& copied) const = 0;
};

void require_symbol(const std::string& symbol) {
    if (symbol.find_first_of("\"#") != std::string::npos)
        throw base::Unsupported(fmt::format("the symbol '{}' cannot stand in the text of a program", symbol));
}

bool is_word(const std::string& symbol) {
    return std::all_of(symbol.begin(), symbol.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 && static_cast<unsigned char>(c) < 128;
    });
}

class Brasp : public Dialect {
  public:
    std::string head(const StagePlan& plan) const override {
        std::string text = plan.accepts_empty ? "before = bos\n" : "";
        for (std::size_t a = 0; a < plan.alphabet.size(); ++a)
            text += fmt::format("{} = symbol \"{}\"\n", symbol(plan, a), plan.alphabet.symbols()[a]);
        return text;
    }
    std::string symbol(const StagePlan& plan, std::size_t a) const override {
        const std::string& text = plan.alphabet.symbols()[a];
        return is_word(text) ? "is_" + text : fmt::format("is_symbol_{}", a + 1);
    }
    std::string residue(std::uint64_t modulus, std::uint64_t) const override {
        throw base::Unsupported(fmt::format("B-RASP has no positions modulo {}", modulus));
    }
    std::string empty() const override { return "before"; }
    std::string look(network::Tie tie, const std::string& sought, const std::string& copied) const override {
        return fmt::format("{}({}@j, {}@j)", tie == network::Tie::right ? "rightmost" : "leftmost", sought, copied);
    }
};

class Ltl : public Dialect {
  public:
    std::string head(const StagePlan&) const override { return ""; }
    std::string symbol(const StagePlan& plan, std::size_t a) const override {
        constexpr std::array<std::string_view, 20> taken = {"Y",   "Z",    "P",     "O",     "H",        "X",     "N",
                                                            "F",   "E",    "G",     "S",     "Si",       "U",     "Ui",
                                                            "mod", "true", "false", "empty", "alphabet", "output"};
        const std::string& text = plan.alphabet.symbols()[a];
        const bool is_plain = is_word(text) && std::find(taken.begin(), taken.end(), text) == taken.end() &&
                              (std::isdigit(static_cast<unsigned char>(text[0])) == 0 ||
                               text.find_first_not_of("0123456789") == std::string::npos);
        return is_plain ? text : fmt::format("\"{}\"", text);
    }
    std::string residue(std::uint64_t modulus, std::uint64_t r) const override {
        return fmt::format("mod({}, {})", modulus, (r + 1) % modulus);  // r symbols come before
    }
    std::string empty() const override { return "empty"; }
    std::string look(network::Tie tie, const std::string& sought, const std::string& copied) const override {
        if (tie == network::Tie::right) return fmt::format("!{} S {}", sought, copied);
        return fmt::format("P ({} & !P {})", copied, sought);
    }
};

std::string joined(const std::vector<std::string>& parts, const char* by, const char* none) {
    return parts.empty() ? none : fmt::format("{}", fmt::join(parts, by));
}

class Writer {
  public:
    Writer(const StagePlan& plan, const Dialect& dialect) : plan_(plan), dialect_(dialect) {
        for (const std::string& symbol : plan.alphabet.symbols())  // no name of ours is a symbol
            if (symbol.size() > 1)
                prefix_ =
                    std::max(prefix_, std::string(1 + std::min(symbol.find_first_not_of('_'), symbol.size()), '_'));
    }

    std::string write() {
        text_ = "alphabet";
        for (const std::string& symbol : plan_.alphabet.symbols()) {
            require_symbol(symbol);
            text_ += fmt::format(" \"{}\"", symbol);
        }
        text_ += "\n" + dialect_.head(plan_);
        first();
        for (std::size_t k = 0; k < plan_.stages.size(); ++k) stage(k + 1, plan_.stages[k]);
        std::vector<std::string> accepting;
        for (std::size_t v = 0; v < plan_.accepts.size(); ++v)
            if (plan_.accepts[v]) accepting.push_back(values_[v]);
        if (plan_.accepts_empty) accepting.push_back(dialect_.empty());
        const std::string accept = define("accept", joined(accepting, " | ", "false"));
        return std::move(text_) + fmt::format("output {}\n", accept);
    }

  private:
    /// Gives the name as it stands in the text.
    std::string define(const std::string& name, const std::string& body) {
        text_ += fmt::format("{}{} = {}\n", prefix_, name, body);
        return prefix_ + name;
    }

    void first() {
        values_.assign(plan_.values, "");
        for (std::size_t a = 0; a < plan_.first.size(); ++a)
            for (std::uint64_t r = 0; r < plan_.modulus; ++r) {
                std::string& value = values_[plan_.first[a][r]];
                if (plan_.modulus == 1) {
                    value = dialect_.symbol(plan_, a);
                    continue;
                }
                value = define(fmt::format("v0_{}", plan_.first[a][r]),
                               fmt::format("{} & {}", dialect_.symbol(plan_, a), dialect_.residue(plan_.modulus, r)));
            }
    }

    void stage(std::size_t number, const Stage& stage) {
        std::vector<std::string> sought;
        std::vector<std::vector<std::string>> copied(stage.copied);
        for (std::size_t v = 0; v < stage.keys.size(); ++v) {
            if (stage.keys[v].is_sought) sought.push_back(values_[v]);
            if (stage.keys[v].copies) copied[*stage.keys[v].copies].push_back(values_[v]);
        }
        const std::string target = define(fmt::format("sought{}", number), joined(sought, " | ", "false"));
        std::vector<std::string> looks;
        for (std::size_t c = 0; c < copied.size(); ++c) {
            const std::string kind = define(fmt::format("copied{}_{}", number, c), joined(copied[c], " | ", "false"));
            looks.push_back(define(fmt::format("found{}_{}", number, c), dialect_.look(plan_.tie, target, kind)));
        }
        const std::string none = looks.empty() ? "true" : fmt::format("!({})", joined(looks, " | ", ""));
        next(number, stage, looks, define(fmt::format("none{}", number), none));
    }

    void next(std::size_t number, const Stage& stage, const std::vector<std::string>& looks, const std::string& none) {
        std::vector<std::vector<std::string>> ways(stage.values);
        for (const Stage::Move& move : stage.moves) {
            const std::string& from = values_[move.from];
            ways[move.to].push_back(move.any ? from
                                             : fmt::format("{} & {}", from, move.copied ? looks[*move.copied] : none));
        }
        values_.clear();
        for (std::size_t v = 0; v < ways.size(); ++v) {
            values_.push_back(define(fmt::format("v{}_{}", number, v), joined(ways[v], " | ", "false")));
        }
    }

    const StagePlan& plan_;
    const Dialect& dialect_;
    std::string text_, prefix_;
    std::vector<std::string> values_;  ///< what is true where a position holds this value, by value
};

}  // namespace

std::string brasp_text(const StagePlan& plan) { return Writer(plan, Brasp()).write(); }
std::string ltl_text(const StagePlan& plan) { return Writer(plan, Ltl()).write(); }

}  // namespace attest::build
