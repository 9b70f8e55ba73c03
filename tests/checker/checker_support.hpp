#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <map>
#include <optional>
#include <random>
#include <stdexcept>
#include <string>
#include <vector>

#include "checker/checker.hpp"
#include "checker/kernel/budget.hpp"
#include "checker/kernel/defect.hpp"
#include "checker/kernel/formula.hpp"
#include "checker/network/model.hpp"
#include "checker/translation/formula_of_miter.hpp"
#include "checker/translation/miter.hpp"

/// What several of the checker's tests need: words, models, proofs and whole certificates made by hand.
namespace checker_test {

using namespace attest::checker;
using Word = std::vector<std::size_t>;

inline Budget ample() { return Budget(100'000'000'000, 10'000'000'000); }

/// All words over symbols 0 … symbols - 1.
inline std::vector<Word> all_words(std::size_t symbols, std::size_t length) {
    std::vector<Word> words{{}};
    for (std::size_t i = 0; i < length; ++i) {
        std::vector<Word> longer;
        for (const Word& word : words)
            for (std::size_t a = 0; a < symbols; ++a) {
                longer.push_back(word);
                longer.back().push_back(a);
            }
        words = std::move(longer);
    }
    return words;
}

/// The inputs of a circuit for the word, by FORMAT.md section 4.
inline std::vector<bool> inputs_of(const Word& word, std::size_t symbols) {
    std::vector<bool> inputs;
    for (const std::size_t a : word) {
        if (symbols == 2) inputs.push_back(a == 1);
        for (std::size_t b = 0; symbols > 2 && b < symbols; ++b) inputs.push_back(a == b);
    }
    return inputs;
}

inline Model model_of(const std::string& text) {
    Budget budget = ample();
    return read_model(
        text, "model.json", [](const std::string& name) -> std::string_view { throw Defect(name, "none"); }, budget);
}

/// The reason of the refusal, as "place: reason"; empty where nothing is refused.
template <typename Action>
std::string refusal(Action action) {
    try {
        action();
    } catch (const Defect& defect) {
        return defect.place() + ": " + defect.what();
    }
    return "";
}

/// Refutes a formula by splitting, as an LRAT proof; nothing where the formula is satisfiable.
class Refuter {
  public:
    explicit Refuter(const Formula& formula) : value_(formula.variables + 1) {
        for (std::size_t k = 0; k < formula.clauses(); ++k) {
            const auto clause = formula.clause(k);
            clauses_.emplace_back(clause.begin(), clause.end());
        }
        next_id_ = clauses_.size() + 1;
    }

    std::optional<std::string> run() {
        if (!refute()) return std::nullopt;
        return text_;
    }

  private:
    int value(int literal) const {
        const int v = value_[static_cast<std::size_t>(std::abs(literal))];
        return literal > 0 ? v : -v;
    }
    void set(int literal) {
        value_[static_cast<std::size_t>(std::abs(literal))] = literal > 0 ? 1 : -1;
        trail_.push_back(literal);
    }

    /// Propagates; returns whether a clause is falsified. Reasons are appended to hints_.
    bool conflict() {
        for (bool changed = true; changed;) {
            changed = false;
            for (std::size_t k = 0; k < clauses_.size(); ++k) {
                int open = 0;
                int count = 0;
                bool satisfied = false;
                for (const int literal : clauses_[k]) {
                    satisfied = satisfied || value(literal) > 0;
                    if (value(literal) == 0) open = literal, ++count;
                }
                if (satisfied || count > 1) continue;
                hints_.push_back(k + 1);
                if (count == 0) return true;
                set(open);
                changed = true;
            }
        }
        return false;
    }

    std::size_t emit(const std::vector<std::size_t>& hints) {
        text_ += std::to_string(next_id_);
        for (const int decision : decisions_) text_.append(" ").append(std::to_string(-decision));
        text_ += " 0";
        for (const std::size_t hint : hints) text_.append(" ").append(std::to_string(hint));
        text_ += " 0\n";
        return next_id_++;
    }

    /// The identifier of the clause that forbids the decisions; 0 where they can be completed to a model.
    std::size_t refute() {
        const std::size_t trail = trail_.size();
        const std::size_t hints = hints_.size();
        std::size_t id = 0;
        if (conflict()) {
            id = emit(hints_);
        } else {
            const auto open = std::find(value_.begin() + 1, value_.end(), 0);
            const int variable = static_cast<int>(open - value_.begin());
            const std::size_t no = open == value_.end() ? 0 : branch(variable);
            const std::size_t yes = no == 0 ? 0 : branch(-variable);
            if (yes != 0) {
                std::vector<std::size_t> all = hints_;
                all.insert(all.end(), {no, yes});
                id = emit(all);
            }
        }
        for (; trail_.size() > trail; trail_.pop_back()) value_[static_cast<std::size_t>(std::abs(trail_.back()))] = 0;
        hints_.resize(hints);
        return id;
    }

    std::size_t branch(int literal) {
        decisions_.push_back(literal);
        set(literal);
        const std::size_t id = refute();
        value_[static_cast<std::size_t>(std::abs(literal))] = 0;
        trail_.pop_back();
        decisions_.pop_back();
        return id;
    }

    std::vector<std::vector<int>> clauses_;
    std::vector<int> value_;
    std::vector<int> trail_;
    std::vector<int> decisions_;
    std::vector<std::size_t> hints_;
    std::size_t next_id_ = 1;
    std::string text_;
};

inline std::string formula_text(const Formula& formula) {
    std::string text = "p cnf " + std::to_string(formula.variables) + " " + std::to_string(formula.clauses()) + "\n";
    for (std::size_t k = 0; k < formula.clauses(); ++k) {
        for (const int literal : formula.clause(k)) text += std::to_string(literal) + " ";
        text += "0\n";
    }
    return text;
}

inline std::string circuit_text(const Miter& miter) {
    std::string text =
        "{\"format\": \"attest/circuit\", \"version\": 1, \"inputs\": " + std::to_string(miter.circuit.inputs()) +
        ", \"gates\": [";
    for (std::size_t g = 0; g < miter.circuit.gates(); ++g) {
        text += std::string(g == 0 ? "" : ", ") +
                (miter.circuit.kind(g) == Circuit::Gate::parity ? "[\"xor\"" : "[\"and\"");
        for (const Literal l : miter.circuit.fanin(g)) text += ", " + std::to_string(l);
        text += "]";
    }
    text += "], \"roots\": [";
    for (std::size_t k = 0; k < miter.roots.size(); ++k) text += (k == 0 ? "" : ", ") + std::to_string(miter.roots[k]);
    return text + "]}";
}

/// A fresh directory that is removed with the object.
class TemporaryDirectory {
  public:
    TemporaryDirectory() {
        std::string name = (std::filesystem::temp_directory_path() / "attest-check-XXXXXX").string();
        if (!mkdtemp(name.data())) throw std::runtime_error("no temporary directory");
        path_ = name;
    }
    TemporaryDirectory(const TemporaryDirectory&) = delete;
    TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;
    ~TemporaryDirectory() { std::filesystem::remove_all(path_); }

    const std::filesystem::path& path() const { return path_; }
    void write(const std::string& name, const std::string& bytes) const {
        std::filesystem::create_directories((path_ / name).parent_path());
        std::ofstream(path_ / name, std::ios::binary) << bytes;
    }

  private:
    std::filesystem::path path_;
};

/// The certificate in the directory; files that are given are judged as those of a directory are.
inline attest::checker::Report check_both_ways(const std::filesystem::path& directory) {
    using attest::checker::Report;
    const Report report = attest::checker::check(directory.string());
    std::map<std::string, std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(directory)) {
        if (entry.is_symlink() || !entry.is_regular_file()) return report;
        std::ifstream file(entry.path(), std::ios::binary);
        files[entry.path().filename().string()] = {std::istreambuf_iterator<char>(file), {}};
    }
    const Report given = attest::checker::check(files);
    if (given.accepted != report.accepted || given.readable != report.readable ||
        given.obligation != report.obligation || given.reason != report.reason || given.claim != report.claim ||
        given.digest != report.digest || (given.place != report.place && report.place != directory.string()))
        throw std::logic_error("given files are judged otherwise than those of a directory: " + given.obligation +
                               " at " + given.place + ": " + given.reason);
    return report;
}

}  // namespace checker_test
