#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <vector>

#include "checker/translation/averages.hpp"
#include "checker/translation/choice.hpp"
#include "checker/translation/value_set.hpp"

namespace attest::checker {

/// "What the head adds is this image" is what the literal says.
struct Attended {
    const Vector* image;
    Literal literal;
};

/// Numbers vectors in order of first occurrence; equal vectors get equal numbers.
class Numbering {
  public:
    std::uint32_t number(const Vector& vector);
    const Vector& operator[](std::size_t number) const { return *vectors_[number]; }
    std::size_t size() const { return vectors_.size(); }

  private:
    std::map<Vector, std::uint32_t, VectorLess> numbers_;
    std::vector<const Vector*> vectors_;
};

/// One head of hard or average attention between two boundaries: for a query position and its vector, what it can add
/// (FORMAT.md sections 6.3 and 25).
class HeadCircuit {
  public:
    /// Shape   before: the value sets of the boundary below, [p - 1], empty where not needed
    /// Needs   all arguments but `layer`, a place in the stack, and `head` to outlive this object
    HeadCircuit(Circuit& circuit, const Instance& instance, std::size_t layer, std::size_t head,
                const std::vector<Values>& before, Budget& budget);

    /// Begins a position at which the head is live. Shape mid: the coordinates on which images are compared
    void begin_position(std::size_t p, const Coordinates& mid);

    /// The images to which z's query can lead at the position; images live as long as this object.
    const std::vector<Attended>& attended(const Vector& z);

    /// The kept classes of z's query at the position, for circuits of other gates (section 38.2): images by number.
    std::vector<ScoreClass> ranked(const Vector& z);
    std::vector<const Vector*> images() const;

  private:
    struct Candidate {
        std::size_t j;
        std::size_t w;
        Rational score;
    };
    struct Images {
        Numbering vectors;
        std::vector<std::vector<std::uint32_t>> of;  ///< [j - 1][w]
    };

    const Images& images_on(const Coordinates& mid);
    const Vector& products(std::size_t query);
    std::vector<Candidate> candidates(std::size_t query);
    std::vector<Candidate> kept(std::vector<Candidate> candidates) const;
    std::vector<ScoreClass> classes(const std::vector<Candidate>& kept) const;
    const std::vector<Attended>& chosen(const std::vector<Candidate>& kept);
    std::vector<Attended> choose(const std::vector<Candidate>& kept);
    std::vector<Attended> averaged(const std::vector<ScoreClass>& found);

    Circuit& circuit_;
    std::size_t n_;
    const Head& head_;
    bool is_average_;
    const Instance::HeadValues& numbers_;
    const std::vector<Values>& before_;
    Budget& budget_;

    Numbering queries_;
    Numbering keys_;
    std::vector<std::vector<std::uint32_t>> key_of_;  ///< [j - 1][w]
    std::vector<std::vector<Vector>> result_of_;      ///< [j - 1][w]: output(value(w))
    std::map<Coordinates, Images> images_on_;
    std::deque<Vector> means_;
    std::map<std::size_t, Vector> products_;  ///< [query][key]: scale * (query . key)
    std::size_t p_ = 0;
    const Images* images_ = nullptr;
    std::map<std::size_t, const std::vector<Attended>*> done_;  ///< [query], at the position
    /// By images and kept candidates: many queries rank alike, and the constructor would only find the same
    /// gates again.
    std::map<std::pair<const Images*, std::vector<std::uint32_t>>, std::vector<Attended>> chosen_;
};

}  // namespace attest::checker
