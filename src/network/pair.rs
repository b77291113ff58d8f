//! Two numbers that are reckoned with at once.
//!
//! In WebAssembly they stand in one vector register, which has to be asked for: left to itself the
//! compiler takes f64 one by one where sums are kept in registers (measured: half as fast). Every
//! number comes out the same to the last bit.

/// Two numbers.
#[derive(Clone, Copy)]
pub(super) struct Pair(Inner);

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
use core::arch::wasm32 as simd;
#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
type Inner = simd::v128;
#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
type Inner = [f64; 2];

#[cfg(all(target_arch = "wasm32", target_feature = "simd128"))]
impl Pair {
    /// These two.
    #[inline(always)]
    pub fn new(both: [f64; 2]) -> Self {
        // SAFETY: both are 16 bytes, and every 16 bytes are a register and two numbers.
        Self(unsafe { std::mem::transmute::<[f64; 2], simd::v128>(both) })
    }

    /// self + a b, for both numbers.
    #[inline(always)]
    pub fn plus_product(self, a: Self, b: Self) -> Self {
        Self(simd::f64x2_add(self.0, simd::f64x2_mul(a.0, b.0)))
    }

    /// The two of them.
    #[inline(always)]
    pub fn both(self) -> [f64; 2] {
        // SAFETY: as above.
        unsafe { std::mem::transmute::<simd::v128, [f64; 2]>(self.0) }
    }
}

#[cfg(not(all(target_arch = "wasm32", target_feature = "simd128")))]
impl Pair {
    /// These two.
    #[inline(always)]
    pub fn new(both: [f64; 2]) -> Self {
        Self(both)
    }

    /// self + a b, for both numbers.
    #[inline(always)]
    pub fn plus_product(self, a: Self, b: Self) -> Self {
        Self([self.0[0] + a.0[0] * b.0[0], self.0[1] + a.0[1] * b.0[1]])
    }

    /// The two of them.
    #[inline(always)]
    pub fn both(self) -> [f64; 2] {
        self.0
    }
}
