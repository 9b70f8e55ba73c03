#include <algorithm>
#include <optional>

#include "programs/machines/turing.hpp"

// FORMAT.md, section 28.2. The network reads its word from left to right, one symbol a step, and moves at every step. So a
// machine walks over its word once and back before it begins; a step that stays becomes one to the right and one back; and
// a machine that has halted walks on to the right, for ever.

namespace attest::machines {

namespace {

constexpr std::size_t init = 0, reads = 1, back = 2, own = 3;

/// What takes shape: pairs without a move are filled in at the end.
class Normaliser {
  public:
    explicit Normaliser(const TuringMachine& machine) : machine_(machine) {
        form_.name = machine.name;
        form_.alphabet = machine.alphabet;
        form_.symbols.push_back(machine.tape[machine.blank]);
        for (std::size_t a = 0; a < machine.tape.size(); ++a) {
            number_.push_back(a == machine.blank ? 0 : form_.symbols.size());
            if (a != machine.blank) form_.symbols.push_back(machine.tape[a]);
        }
        for (const char* name : {">init", ">read", ">back"}) add_state(name, false);
        for (std::size_t q = 0; q < machine.states.size(); ++q) add_state(machine.states[q], machine.accepting[q]);
    }

    NormalForm finish() {
        add_prologue();
        add_own_moves();
        fill();
        return std::move(form_);
    }

  private:
    std::size_t symbols() const { return form_.symbols.size(); }

    std::size_t add_state(const std::string& name, bool accepts) {
        form_.states.push_back(name);
        form_.accepting.push_back(accepts);
        moves_.resize(form_.states.size() * symbols());
        return form_.states.size() - 1;
    }

    void set(std::size_t state, std::size_t symbol, const Move& move) { moves_[state * symbols() + symbol] = move; }

    void add_prologue() {
        set(init, 0, {reads, 0, 1});
        for (std::size_t a = 1; a < symbols(); ++a) {
            set(reads, a, {reads, a, 1});
            set(back, a, {back, a, -1});
        }
        set(reads, 0, {back, 0, -1});
        set(back, 0, {own + machine_.start, 0, 1});
    }

    void add_own_moves() {
        for (std::size_t q = 0; q < machine_.states.size(); ++q)
            for (std::size_t a = 0; a < symbols(); ++a) {
                if (machine_.accepting[q]) {
                    set(own + q, a, {own + q, a, 1});
                    continue;
                }
                const std::optional<Move>& move = machine_.move(q, tape_symbol(a));
                if (!move) continue;
                const std::size_t target = move->step == 0 ? halfway(move->state) : own + move->state;
                set(own + q, a, {target, number_[move->symbol], move->step == 0 ? 1 : move->step});
            }
    }

    std::size_t tape_symbol(std::size_t a) const {
        return static_cast<std::size_t>(std::find(number_.begin(), number_.end(), a) - number_.begin());
    }

    /// The state of a step that stays, on its way back to this state of the machine.
    std::size_t halfway(std::size_t q) {
        const std::string name = "|" + machine_.states[q];
        const auto known = std::find(form_.states.begin(), form_.states.end(), name);
        if (known != form_.states.end()) return static_cast<std::size_t>(known - form_.states.begin());
        const std::size_t state = add_state(name, false);
        for (std::size_t a = 0; a < symbols(); ++a) set(state, a, {own + q, a, -1});
        return state;
    }

    void fill() {
        if (std::any_of(moves_.begin(), moves_.end(), [](const auto& move) { return !move; })) {
            const std::size_t halted = add_state("!", false);
            for (std::size_t k = 0; k < moves_.size(); ++k)
                if (!moves_[k]) moves_[k] = Move{halted, k % symbols(), 1};
        }
        for (const auto& move : moves_) form_.moves.push_back(*move);
    }

    const TuringMachine& machine_;
    NormalForm form_;
    std::vector<std::size_t> number_;  ///< of a symbol of the tape in normal form
    std::vector<std::optional<Move>> moves_;
};

}  // namespace

NormalForm normal_form(const TuringMachine& machine) { return Normaliser(machine).finish(); }

}  // namespace attest::machines
