#pragma once

#include <cstdint>

#include "checker/kernel/defect.hpp"
#include "checker/kernel/limits.hpp"

namespace attest::checker {

/// The work and memory that one certificate may ask for, and what the caller grants.
///
/// A certificate of forty bytes can claim a length of 10^9; whoever builds something whose size the
/// certificate decides draws on this budget first. What the certificate may ask for is looked at before what the caller
/// grants, so that a certificate that is refused for its size is refused for everyone.
class Budget {
  public:
    explicit Budget(const Options& options) : limits_(options), steps_(options.max_steps), bytes_(options.max_memory) {}
    Budget(std::uint64_t steps, std::uint64_t bytes) : Budget(Options{.max_steps = steps, .max_memory = bytes}) {}

    void step(std::uint64_t count = 1) {
        if (count > steps_) refuse("steps", limits_.max_steps);
        steps_ -= count;
        since_look_ += count + 64;  // calls that take no step of their own count as well
        if (since_look_ >= 65536) look();
    }

    void memory(std::uint64_t count) {
        if (count > bytes_) refuse("bytes of memory", limits_.max_memory);
        bytes_ -= count;
        if (limits_.max_memory - bytes_ > limits_.memory) throw Stopped(Stop::memory);
    }

    /// A step for each of so many, for each of so many.
    void step(std::uint64_t count, std::uint64_t each) { step(product(count, each)); }
    void memory(std::uint64_t count, std::uint64_t each) { memory(product(count, each)); }

    /// Arithmetic on numbers of so many 64-bit digits, where they are not small: products, and the common divisors that
    /// rationals are reduced by.
    void arithmetic(std::uint64_t digits) {
        constexpr std::uint64_t small = 4, half_quadratic = 500;
        step(digits <= small ? 1 : 4 * digits * (digits < half_quadratic ? digits : half_quadratic));
    }

    /// What is drawn while it lives is given back at its end: for what is built and gone within.
    class Temporary {
      public:
        explicit Temporary(Budget& budget) : budget_(budget), bytes_(budget.bytes_) {}
        Temporary(const Temporary&) = delete;
        Temporary& operator=(const Temporary&) = delete;
        ~Temporary() { budget_.bytes_ = bytes_; }

      private:
        Budget& budget_;
        std::uint64_t bytes_;
    };

    std::uint64_t bytes_left() const { return bytes_; }

  private:
    static std::uint64_t product(std::uint64_t a, std::uint64_t b) {
        std::uint64_t result = 0;
        return __builtin_mul_overflow(a, b, &result) ? UINT64_MAX : result;
    }

    [[noreturn]] static void refuse(const std::string& what, std::uint64_t limit) {
        throw Defect("limits", "checking takes more than the " + std::to_string(limit) + " " + what +
                                   " that a certificate may ask for");
    }

    /// Throws Stopped where the caller wants no more.
    void look() {
        since_look_ = 0;
        if (limits_.stop && limits_.stop->load(std::memory_order_relaxed)) throw Stopped(Stop::interrupted);
        if (limits_.deadline && std::chrono::steady_clock::now() >= *limits_.deadline) throw Stopped(Stop::deadline);
    }

    Options limits_;
    std::uint64_t steps_;
    std::uint64_t bytes_;
    std::uint64_t since_look_ = 65536;  // the first step looks
};

}  // namespace attest::checker
