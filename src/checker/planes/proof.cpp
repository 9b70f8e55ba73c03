#include "checker/planes/proof.hpp"

#include <memory>
#include <optional>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/shown.hpp"
#include "checker/planes/propagation.hpp"

// FORMAT.md section 38.4. Each rule is sound by itself: what it adds holds wherever all that is there holds. So a
// contradiction at the end means that the formula has no solution, whoever wrote the proof and however.

namespace attest::checker {
namespace {

using Token = std::string_view;

/// The lines of a proof, and the words of a line: one space between them, each line ended by a newline.
class Lines {
  public:
    Lines(std::string_view bytes, const std::string& file, Budget& budget)
        : rest_(bytes), file_(file), budget_(budget) {}

    bool at_end() const { return rest_.empty(); }

    /// The next line as it stands.
    std::string_view next() {
        ++number_;
        const std::size_t size = rest_.find('\n');
        if (size == std::string_view::npos) fail("a line that ends was expected");
        budget_.step(8 + size);
        line_ = rest_.substr(0, size);
        rest_.remove_prefix(size + 1);
        words_ = line_;
        more_ = true;
        return line_;
    }

    bool has_word() const { return more_; }
    Token word() {
        if (!more_) fail("the line ends too early");
        const std::size_t size = words_.find(' ');
        const Token token = words_.substr(0, size);
        more_ = size != std::string_view::npos;
        if (more_) words_.remove_prefix(size + 1);
        if (token.empty()) fail("words are separated by one space");
        return token;
    }
    /// What the next word is, without taking it; empty at the end of the line.
    Token ahead() const { return more_ ? words_.substr(0, words_.find(' ')) : Token(); }

    void expect(std::string_view line) {
        if (next() != line) fail(quoted(std::string(line)) + " was expected");
    }
    [[noreturn]] void fail(const std::string& reason) const {
        throw Defect(file_ + " line " + std::to_string(number_), reason);
    }

    std::optional<mpz_class> natural(Token token) const {
        if (token.empty() || token.find_first_not_of("0123456789") != Token::npos) return std::nullopt;
        if (token.size() > 1 && token.front() == '0') return std::nullopt;
        budget_.arithmetic(token.size() / 16);
        return mpz_class(std::string(token), 10);
    }
    mpz_class integer(Token token) const {
        const bool negative = token.starts_with("-");
        const auto size = natural(negative ? token.substr(1) : token);
        if (!size || (negative && *size == 0))
            fail("a number was expected, " + quoted(std::string(token)) + " was found");
        return negative ? mpz_class(-*size) : *size;
    }

  private:
    std::string_view rest_;
    const std::string& file_;
    Budget& budget_;
    std::string_view line_, words_;
    bool more_ = false;
    std::uint64_t number_ = 0;
};

class Checker {
  public:
    Checker(const Inequalities& formula, std::string_view bytes, const std::string& file, Budget& budget)
        : variables_(formula.variables()), lines_(bytes, file, budget), budget_(budget) {
        for (const Inequality& inequality : formula.all()) {
            budget.memory(16);
            known_.push_back(&inequality);
        }
    }

    std::uint64_t run() {
        lines_.expect("pseudo-Boolean proof version 2.0");
        lines_.expect("f " + std::to_string(known_.size()));
        std::uint64_t rules = 0;
        while (lines_.next() != "output NONE") {
            rule(lines_.word());
            ++rules;
        }
        lines_.next();
        for (const char* const word : {"conclusion", "UNSAT", ":"})
            if (lines_.word() != word) lines_.fail("\"conclusion UNSAT : \" and an identifier were expected");
        if (!known(lines_.word()).is_contradiction()) lines_.fail("the inequality can be satisfied");
        end_of_line();
        lines_.expect("end pseudo-Boolean proof");
        if (!lines_.at_end()) lines_.next(), lines_.fail("the end was expected");
        return rules;
    }

  private:
    void rule(Token name) {
        if (name == "pol") return add(combination());
        if (name == "rup") return add(propagated());
        if (name == "del") return remove();
        lines_.fail("pol, rup, del or \"output NONE\" was expected, " + quoted(std::string(name)) + " was found");
    }

    void end_of_line() {
        if (lines_.has_word()) lines_.fail("the end of the line was expected");
    }

    std::uint64_t identifier(Token token) const {
        const auto number = lines_.natural(token);
        if (!number || *number < 1 || *number > known_.size() || known_[number->get_ui() - 1] == nullptr)
            lines_.fail("there is no inequality " + quoted(std::string(token)));
        return number->get_ui();
    }
    const Inequality& known(Token token) const { return *known_[identifier(token) - 1]; }

    void add(Inequality inequality) {
        budget_.memory(32 + inequality.bytes());
        known_.push_back(own_.emplace_back(std::make_unique<Inequality>(std::move(inequality))).get());
        owner_.emplace(known_.size(), own_.size() - 1);
    }

    void remove() {
        if (lines_.word() != "id") lines_.fail("\"del id\" was expected");
        do {
            const std::uint64_t id = identifier(lines_.word());
            known_[id - 1] = nullptr;
            const auto own = owner_.find(id);
            if (own != owner_.end()) own_[own->second].reset();
        } while (lines_.has_word());
    }

    std::uint32_t variable(Token token) const {
        const auto number = token.starts_with("x") ? lines_.natural(token.substr(1)) : std::nullopt;
        if (!number || *number < 1 || *number > variables_)
            lines_.fail("a variable was expected, " + quoted(std::string(token)) + " was found");
        return static_cast<std::uint32_t>(number->get_ui());
    }

    /// In reverse Polish notation.
    Inequality combination() {
        const Budget::Temporary while_combining(budget_);
        std::vector<Derived> stack;
        const auto top = [&]() -> Derived& {
            if (stack.empty()) lines_.fail("there is nothing to work on");
            return stack.back();
        };
        try {
            while (lines_.has_word()) {
                const Token token = lines_.word();
                const Token ahead = lines_.ahead();
                if (ahead == "*" || ahead == "d") scale(top(), token);
                else if (ahead == "w") top().weaken(variable(token)), lines_.word();
                else if (token == "+") plus(stack);
                else if (token == "s") top().saturate(budget_);
                else if (token.starts_with("~")) stack.emplace_back(variable(token.substr(1)), true);
                else if (token.starts_with("x")) stack.emplace_back(variable(token), false);
                else stack.emplace_back(known(token), budget_);
            }
        } catch (const Defect& defect) {
            if (defect.place().empty()) lines_.fail(defect.what());
            throw;
        }
        if (stack.size() != 1) lines_.fail("one inequality was expected to be left");
        return stack.front().inequality();
    }

    void scale(Derived& derived, Token number) {
        const auto by = lines_.natural(number);
        if (!by || *by == 0) lines_.fail("a number above 0 was expected");
        if (lines_.word() == "*") derived.multiply(*by, budget_);
        else derived.divide(*by, budget_);
    }

    void plus(std::vector<Derived>& stack) const {
        if (stack.size() < 2) lines_.fail("there is nothing to work on");
        Derived last = std::move(stack.back());
        stack.pop_back();
        stack.back().add(std::move(last), budget_);
    }

    /// An inequality in the spelling of the formula, whose contrary comes to nothing with all that is there.
    Inequality propagated() {
        Inequality inequality;
        while (lines_.ahead() != ">=") {
            mpz_class weight = lines_.integer(lines_.word());
            if (weight <= 0) lines_.fail("a weight above 0 was expected");
            const Token literal = lines_.word();
            const bool complemented = literal.starts_with("~");
            const std::uint32_t of = variable(complemented ? literal.substr(1) : literal);
            if (!inequality.terms.empty() && inequality.terms.back().first >= of)
                lines_.fail("variables were expected in ascending order");
            if (complemented) inequality.bound -= weight, weight = -weight;
            inequality.terms.emplace_back(of, std::move(weight));
        }
        lines_.word();
        inequality.bound += lines_.integer(lines_.word());
        if (lines_.word() != ";") lines_.fail("\";\" was expected");
        end_of_line();
        Inequality contrary = inequality;
        for (auto& [of, weight] : contrary.terms) weight = -weight;
        contrary.bound = 1 - inequality.bound;
        std::vector<const Inequality*> there{&contrary};
        for (const Inequality* const one : known_)
            if (one != nullptr) there.push_back(one);
        budget_.step(there.size());
        if (!propagates_to_conflict(there, variables_, budget_)) lines_.fail("the inequality does not follow");
        return inequality;
    }

    std::uint32_t variables_;
    Lines lines_;
    Budget& budget_;
    std::vector<const Inequality*> known_;  ///< by identifier − 1; null: deleted
    std::vector<std::unique_ptr<Inequality>> own_;
    std::map<std::uint64_t, std::size_t> owner_;
};

}  // namespace

std::uint64_t check_planes(const Inequalities& formula, std::string_view bytes, const std::string& file,
                           Budget& budget) {
    return Checker(formula, bytes, file, budget).run();
}

}  // namespace attest::checker
